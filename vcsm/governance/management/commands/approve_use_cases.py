from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.accounts.models import Workspace
from vcsm.governance.approvals import approve_at_setup


class Command(BaseCommand):
    help = "Approves, at set-up, every use case of a workspace that nobody has decided about yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="its slug")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']!r}.")
        for row in approve_at_setup(workspace_id=workspace.pk, by=None, now=timezone.now()):
            self.stdout.write(f"{row.use_case}: {row.level}")

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.accounts.models import Workspace
from vcsm.friction.replay import parse_assignments
from vcsm.friction.tune import tune_friction


class Command(BaseCommand):
    help = (
        "Changes a workspace's friction settings and prints all that differ from the defaults. "
        "See first what it would change: manage.py backtest."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="its slug")
        parser.add_argument(
            "--set", action="append", default=[], metavar="KIND.THRESHOLD=VALUE",
            help="may repeat; null puts back to the default",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']!r}.")
        try:
            changes = parse_assignments(options["set"])
            in_force = tune_friction(
                workspace_id=workspace.pk, changes=changes, by="manage.py", now=timezone.now()
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(in_force, indent=1, sort_keys=True))

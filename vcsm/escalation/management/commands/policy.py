from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.accounts.models import Workspace
from vcsm.escalation.policy import (
    PolicyUnreadable,
    put_in_force,
    read_policy,
    write_policy,
)


class Command(BaseCommand):
    help = "Prints a workspace's policy (budget, stakes, certificate); with a file, replaces it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="its slug")
        parser.add_argument("file", type=Path, nargs="?", help="JSON; only what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']!r}.")
        if options["file"]:
            try:
                text = options["file"].read_bytes()
                put_in_force(workspace_id=workspace.pk, text=text, now=timezone.now())
            except OSError as error:
                raise CommandError(f"The file cannot be opened: {error.strerror}.") from error
            except PolicyUnreadable as error:
                raise CommandError(str(error)) from error
        self.stdout.write(write_policy(read_policy(workspace.pk)))

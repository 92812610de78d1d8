from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.accounts.models import Workspace
from vcsm.governance.lists import put_in_force, read_in_force


class Command(BaseCommand):
    help = "Prints a workspace's can/can't list (TOML); with a file, puts that one in force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="its slug")
        parser.add_argument("file", type=Path, nargs="?", help="the list, as TOML")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']!r}.")
        if options["file"]:
            self._put_in_force(workspace, options["file"])
        self.stdout.write(read_in_force(workspace.pk).text)

    def _put_in_force(self, workspace: Workspace, file: Path) -> None:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise CommandError(f"The file cannot be opened: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError("The file is not UTF-8 text.") from error
        row = put_in_force(workspace_id=workspace.pk, text=text, by=None, now=timezone.now())
        if row.error:
            raise CommandError(f"Not put in force, what was stays: {row.error}")

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.accounts.models import Workspace
from vcsm.problems.import_events import Imported, import_lines


class Command(BaseCommand):
    help = (
        "Starts a workspace's friction history from a file of Segment-shaped JSON lines. "
        "Run it again after a crash: what is stored is not stored twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a path, or - for standard input")
        parser.add_argument("--workspace", required=True, help="its slug")

    def handle(self, *args: Any, file: str, workspace: str, **options: Any) -> None:
        found = Workspace.objects.filter(slug=workspace).first()
        if found is None:
            raise CommandError(f"There is no workspace {workspace!r}.")
        began, total = time.monotonic(), 0

        def tell(done: Imported) -> None:
            seconds = max(time.monotonic() - began, 1e-9)
            share = f" of {total:,}" if total else ""
            print(
                f"\r{done.lines:,}{share} lines, {done.sessions:,} sessions, "
                f"{done.signals:,} signals, {done.lines / seconds:,.0f} lines/s",
                end="",
                file=sys.stderr,
                flush=True,
            )

        if file == "-":
            done = import_lines(found, sys.stdin.buffer, tell=tell)
        else:
            path = Path(file)
            if not path.is_file():
                raise CommandError(f"There is no file {file}.")
            with path.open("rb") as lines:
                total = sum(1 for _ in lines)
                lines.seek(0)
                done = import_lines(found, lines, tell=tell)
        print(file=sys.stderr)
        for trouble in done.told:
            print(trouble, file=sys.stderr)
        self.stdout.write(
            f"{done.events} events in {done.sessions} sessions, {done.signals} friction signals; "
            f"{done.known_already} visits were there already, {done.unreadable} lines unreadable."
        )

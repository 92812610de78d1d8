import os
import sys
import time
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.accounts.models import Workspace
from vcsm.problems.import_events import Imported, import_lines
from vcsm.problems.import_file import read_lines


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
        try:
            done = self._import(found, file)
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is stored stays; run it again to go on.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
        print(file=sys.stderr)
        for trouble in done.told:
            print(trouble, file=sys.stderr)
        self.stdout.write(
            f"{done.events} events in {done.sessions} sessions, {done.signals} friction signals; "
            f"{done.known_already} visits were there already, {done.unreadable} lines unreadable; "
            f"{done.joined} ids belonged to somebody known by another id."
        )
        if done.unreadable and not done.read:
            raise CommandError(f"{file}: None of its {done.lines:,} lines can be read.")
        if done.broken:
            raise CommandError(
                f"{file} ends after line {done.lines:,}. {done.broken} "
                "Everything before it is stored."
            )

    def _import(self, workspace: Workspace, file: str) -> Imported:
        if file == "-":
            lines = read_lines(cast(BufferedReader, sys.stdin.buffer))
            return import_lines(workspace, lines, tell=_Progress(None))
        with Path(file).open("rb") as opened:
            return import_lines(workspace, read_lines(opened), tell=_Progress(opened))


class _Progress:
    """Reports progress on stderr; for a file also the share of its bytes."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._began, self._file = time.monotonic(), file
        self._size = os.fstat(file.fileno()).st_size if file is not None else 0

    def __call__(self, done: Imported) -> None:
        seconds = max(time.monotonic() - self._began, 1e-9)
        share = f"{self._file.tell() / self._size:.0%}, " if self._file and self._size else ""
        print(
            f"\r{share}{done.lines:,} lines, {done.sessions:,} sessions, "
            f"{done.signals:,} signals, {done.lines / seconds:,.0f} lines/s",
            end="",
            file=sys.stderr,
            flush=True,
        )

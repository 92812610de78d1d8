"""The operator's way to work that failed for good, of every workspace and of none."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.dead_letters.act import CannotRun, drop, run_again, run_all
from vcsm.dead_letters.models import DeadLetter
from vcsm.dead_letters.stand import standing_letters

BY = "the operator"


class Command(BaseCommand):
    help = "Lists the work that failed for good, has it run again, or drops it."

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_subparsers(dest="asked", metavar="list | run | drop")
        asked.add_parser("list", help="what stands, the latest first (the default)")
        run = asked.add_parser("run", help="send it to its queue again")
        run.add_argument("id", type=int, nargs="?")
        run.add_argument("--all", action="store_true", help="every letter")
        asked.add_parser("drop", help="give it up").add_argument("id", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            match options["asked"]:
                case "run":
                    self._run(options["id"], every=options["all"])
                case "drop":
                    drop(options["id"], by=BY, now=timezone.now())
                    self.stdout.write(f"{options['id']} is dropped.")
                case _:
                    self._list()
        except DeadLetter.DoesNotExist:
            raise CommandError(f"No dead letter {options['id']} stands.") from None
        except CannotRun as error:
            raise CommandError(str(error)) from None

    def _run(self, letter_id: int | None, *, every: bool) -> None:
        if every == (letter_id is not None):
            raise CommandError("Which? dead_letters run ID, or dead_letters run --all.")
        if letter_id is None:
            self.stdout.write(f"{run_all(by=BY, now=timezone.now())} sent again.")
            return
        run_again(letter_id, by=BY, now=timezone.now())
        self.stdout.write(f"{letter_id} is sent again; it stands until it has gone through.")

    def _list(self) -> None:
        letters = standing_letters()
        for letter in letters:
            whose = f"workspace {letter.workspace_id}" if letter.workspace_id else "no workspace's"
            arguments = json.dumps(letter.arguments, sort_keys=True)
            self.stdout.write(f"{letter.pk}  {letter.task} {arguments}  {whose}")
            self.stdout.write(
                f"    failed {letter.times} times, {letter.first_at:%Y-%m-%d %H:%M:%S} to "
                f"{letter.last_at:%Y-%m-%d %H:%M:%S} UTC"
            )
            self.stdout.write(f"    {letter.error}" + (f" at {letter.place}" * bool(letter.place)))
            if letter.trace:
                self.stdout.write(f"    trace {letter.trace}")
        if not letters:
            self.stdout.write("No failed work.")

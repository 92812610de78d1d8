import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.escalation.standing import stand
from vcsm.escalation.verdict_file import VerdictsUnreadable, read_verdicts


class Command(BaseCommand):
    help = "Reads score,false_alarm rows in time order and prints what they certify, as JSON."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own attribute; no database here

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV: score,false_alarm (0 or 1)")
        parser.add_argument("--max-false-share", type=float, default=0.2, help="between 0 and 1")
        parser.add_argument("--confidence", type=float, default=0.9, help="between 0 and 1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            standing = stand(
                read_verdicts(options["file"]),
                max_false_share=options["max_false_share"],
                confidence=options["confidence"],
            )
        except (VerdictsUnreadable, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(asdict(standing)))

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.embedded.stack import Plan, run_stack
from vcsm.embedded.trouble import Trouble


class Command(BaseCommand):
    help = "Runs all of VCSM: services, web, workers and beat, until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, help="default: the first free one from 8000")
        parser.add_argument("--web", type=int, default=1, metavar="N", help="web processes")
        parser.add_argument("--demo", action="store_true", help="demo data and its customers too")
        parser.add_argument(
            "--history", action="store_true", help="with --demo: four weeks of its past as well"
        )
        parser.add_argument(
            "--fresh", action="store_true", help="empty the embedded database first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan(
            home=Path(settings.HOME).resolve(),
            host=options["host"],
            port=options["port"],
            web=max(1, options["web"]),
            demo=options["demo"] or options["history"],
            history=options["history"],
            fresh=options["fresh"],
        )
        try:
            run_stack(plan, say=self._say)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

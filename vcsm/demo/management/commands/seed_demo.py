from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandParser

from vcsm.accounts.models import Workspace
from vcsm.demo.history.play import play_history
from vcsm.demo.logins import logins_file
from vcsm.demo.northbank import NORTHBANK
from vcsm.demo.seed import seed


class Command(BaseCommand):
    help = "Makes the demo's workspaces, people, intents and articles; again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--history", action="store_true", help="play four weeks of visits before today, once"
        )

    def handle(self, *args: object, **options: object) -> None:
        logins = seed(lambda line: self.stdout.write(f"  {line}"))
        if options["history"]:
            northbank = Workspace.objects.get(slug=NORTHBANK.slug)
            visits = play_history(northbank, now=datetime.now(UTC), tell=self._tell)
            if visits:
                self.stdout.write(f"  {visits} visits of the past played")
        self.stdout.write(f"  {len(logins)} log-ins for /console/ are kept in {logins_file()}")

    def _tell(self, played: int, days: int) -> None:
        if played % 7 == 0 or played == days:
            self.stdout.write(f"  day {played} of {days} of the past")

from django.core.management.base import BaseCommand

from vcsm.demo.logins import logins_file
from vcsm.demo.seed import seed


class Command(BaseCommand):
    help = "Makes the demo's workspaces, people, intents and articles; again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        logins = seed(lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write(f"  {len(logins)} log-ins for /console/ are kept in {logins_file()}")

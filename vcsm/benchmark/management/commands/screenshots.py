from typing import Any

from django.core.management.base import BaseCommand

from vcsm.benchmark.screenshots import take_screenshots


class Command(BaseCommand):
    help = "Takes the pictures in docs/screenshots of a demo of its own."

    def handle(self, *args: Any, **options: Any) -> None:
        take_screenshots(self.stdout.write)

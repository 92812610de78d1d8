from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vcsm.friction.replay import add_arguments, run_replay


class Command(BaseCommand):
    help = "Runs recorded wire events through the detectors; prints each signal as a JSON line."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own attribute; no database here

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        code = run_replay(options["file"], options["set"], out=self.stdout, trouble=self.stderr)
        if code:
            raise SystemExit(code)

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vcsm.embedded.keep import keep_services
from vcsm.embedded.trouble import Trouble


class Command(BaseCommand):
    help = "Keeps the embedded PostgreSQL and Valkey up and prints their addresses, until Ctrl-C."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keep_services(Path(settings.HOME), say=self.stdout.write)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None

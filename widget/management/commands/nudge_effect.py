"""`manage.py nudge_effect WORKSPACE`: the effect of nudges, against those withheld at random."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vcsm.accounts.models import Workspace
from vcsm.reports.nudge_effect import measure_effect

MOST_DAYS = 3660
"""Ten years: longer than anything here has been kept."""


class Command(BaseCommand):
    help = "Compares contacts who were shown a nudge with those from whom it was withheld."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workspace", help="the workspace's slug")
        parser.add_argument("--days", type=int, default=90, help="how far back; default 90")

    def handle(self, *args: Any, workspace: str, days: int, **options: Any) -> None:
        found = Workspace.objects.filter(slug=workspace).first()
        if found is None:
            raise CommandError(f"There is no workspace {workspace!r}.")
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days is between 1 and {MOST_DAYS}.")
        now = datetime.now(UTC)
        since = now - timedelta(days=days)
        effect = measure_effect(workspace_id=found.pk, since=since, until=now)
        self.stdout.write(json.dumps(asdict(effect), indent=2))

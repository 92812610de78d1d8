import json
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.accounts.models import Workspace
from vcsm.friction.replay import parse_assignments
from vcsm.reports.friction_backtest import backtest


class Command(BaseCommand):
    help = "Shows what other friction thresholds would have found in a workspace's stored events."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", required=True, help="its slug")
        parser.add_argument("--since", required=True, type=_moment, help="ISO 8601; UTC if bare")
        parser.add_argument("--until", type=_moment, default=None, help="default: now")
        parser.add_argument(
            "--set", action="append", default=[], metavar="KIND.THRESHOLD=VALUE", help="may repeat"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']!r}.")
        try:
            result = backtest(
                workspace=workspace,
                since=options["since"],
                until=options["until"] or timezone.now(),
                changes=parse_assignments(options["set"]),
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(result, indent=1, sort_keys=True))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date or time in ISO 8601") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

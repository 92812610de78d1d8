from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.accounts.models import Workspace
from vcsm.reports.what_if.ask import ask_what_if
from vcsm.reports.what_if.change import Change, ChangeUnreadable, read_change


class Command(BaseCommand):
    help = "Shows what a change of budget, threshold, rule or guardrail would have done lately."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="its slug")
        parser.add_argument("file", type=Path, help="JSON: the change; only what differs")
        parser.add_argument("--days", type=int, default=28, help="how far back; default 28")
        parser.add_argument("--guardrails", type=Path, help="TOML: a can/can't list to try")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']!r}.")
        if not 1 <= options["days"] <= 366:
            raise CommandError("--days is between 1 and 366.")
        compared = ask_what_if(
            workspace_id=workspace.pk,
            change=_change(options),
            days=options["days"],
            now=timezone.now(),
        )
        self.stdout.write(msgspec.json.format(msgspec.json.encode(compared), indent=1).decode())


def _change(options: dict[str, Any]) -> Change:
    try:
        told = msgspec.json.decode(options["file"].read_bytes())
        if options["guardrails"] and isinstance(told, dict):
            told["guardrails"] = options["guardrails"].read_text(encoding="utf-8-sig")
        return read_change(told)
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CommandError(f"The file cannot be read: {error}.") from error
    except ChangeUnreadable as error:
        raise CommandError(str(error)) from error

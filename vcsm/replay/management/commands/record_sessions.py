"""Turns a workspace's session replay on or off."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.accounts.models import Workspace
from vcsm.replay.switch import forget_replays, is_on, turn_off, turn_on


class Command(BaseCommand):
    help = "Turns a workspace's session replay on or off, or says which it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="the workspace's slug")
        parser.add_argument("state", choices=["on", "off", "show"], nargs="?", default="show")
        parser.add_argument(
            "--forget", action="store_true", help="with off: delete what is stored too"
        )

    def handle(self, *arguments: Any, workspace: str, state: str, forget: bool, **_: Any) -> None:
        found = Workspace.objects.filter(slug=workspace).first()
        if found is None:
            raise CommandError(f"There is no workspace {workspace}.")
        if forget and state != "off":
            raise CommandError("--forget goes with off.")
        if state == "on":
            turn_on(workspace_id=found.pk, by=None, now=datetime.now(UTC))
        elif state == "off":
            turn_off(workspace_id=found.pk)
        if forget:
            self.stdout.write(f"{forget_replays(workspace_id=found.pk)} rows deleted")
        self.stdout.write(f"{found.name}: session replay is {'on' if is_on(found.pk) else 'off'}")

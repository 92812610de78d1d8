from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from vcsm.config.env import ROOT
from widget.typescript import protocol_types

TARGET = ROOT / "frontend" / "protocol" / "protocol.ts"


class Command(BaseCommand):
    help = "Writes the socket protocol's TypeScript types."

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(TARGET)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(protocol_types())
        self.stdout.write(f"Wrote {target}")

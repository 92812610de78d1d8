from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from widget.typescript import protocol_types

TARGET = Path(__file__).resolve().parents[3] / "frontend" / "protocol" / "protocol.ts"


class Command(BaseCommand):
    help = "Writes the socket protocol's TypeScript types."

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(protocol_types())
        self.stdout.write(f"Wrote {TARGET}")

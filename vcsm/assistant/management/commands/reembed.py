import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.assistant.models import Reembedding
from vcsm.assistant.reembed import reembed_some
from vcsm.core import embeddings


class Command(BaseCommand):
    help = (
        "Reads every stored text again by the encoder that VCSM_ENCODER names. May be stopped and "
        "started again; a worker does the same by itself. --status only says how far it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--status", action="store_true", help="print the progress and stop")

    def handle(self, *args: Any, status: bool, **options: Any) -> None:
        try:
            wanted = embeddings.encoder_id()
        except embeddings.EncoderMissing as error:
            raise CommandError(str(error)) from None
        if status:
            self._say(Reembedding.objects.filter(pk=wanted).first(), wanted)
            return
        row: Reembedding | None = None
        while True:
            latest = reembed_some(clock=_now, until=_now() + timedelta(seconds=5))
            row = latest or row
            if latest is None or latest.finished_at is not None:
                break
            self.stderr.write(f"{latest.done} of {latest.total}")
        self._say(row, wanted)

    def _say(self, row: Reembedding | None, wanted: str) -> None:
        told: dict[str, object] = {"encoder": wanted, "done": 0, "total": 0, "finished": True}
        if row is not None:
            told |= {"done": row.done, "total": row.total, "finished": bool(row.finished_at)}
            told["updated_at"] = row.updated_at.isoformat()
        self.stdout.write(json.dumps(told))


def _now() -> datetime:
    return datetime.now(UTC)

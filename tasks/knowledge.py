"""Reads articles, imports web pages that a member asked for, and writes letters."""

from datetime import UTC, datetime, timedelta
from typing import Any

from celery import shared_task

from tasks.durable import EphemeralTask
from vcsm.core.ask import answer
from vcsm.core.queue import enqueue
from vcsm.knowledge import asked_import, letter, reading

STEP_SECONDS = 40
READ_SECONDS = 20
"""Seconds per run, so that a long article lets other work of the queue in between."""


@shared_task(name=asked_import.TASK)
def import_task() -> None:
    until = _now() + timedelta(seconds=STEP_SECONDS)
    if asked_import.import_some(clock=_now, until=until):
        enqueue(asked_import.TASK)


@shared_task(name=reading.TASK)
def read_task() -> None:
    if reading.read_some(clock=_now, until=_now() + timedelta(seconds=READ_SECONDS)):
        enqueue(reading.TASK)


@shared_task(name=letter.TASK, base=EphemeralTask)
def letter_task(reply_to: str, asked: str, records: list[list[str]]) -> None:
    """Writes a letter from `records`, each a title and a text.

    Answers with the sentences, each with the places of its passages, and how many were removed.
    """
    told: dict[str, Any] = {"sentences": [], "removed": 0}
    draft = letter.write_letter(
        asked=asked, records=[letter.LetterRecord(title, text) for title, text in records]
    )
    if draft is not None:
        told["sentences"] = [[one.text, list(one.passages)] for one in draft.sentences]
        told["removed"] = draft.removed
    answer(reply_to, told)


def _now() -> datetime:
    return datetime.now(UTC)

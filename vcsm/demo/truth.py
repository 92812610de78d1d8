"""The truth of each simulated visit, a JSON line each, for `manage.py benchmark demo_truth`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from django.conf import settings
from msgspec import Struct


class VisitTruth(Struct, frozen=True):
    """The truth of a visit, known before it because it was planned so."""

    temperament: str
    stuck: bool
    page: str = ""
    """Where they are stuck; empty when they are not."""
    element: str = ""
    """Id of the control they are stuck on; empty when it is the page as a whole."""
    wants: str = ""
    """The BANKING77 label of what they came for."""
    asks_person: bool = False


class VisitRecord(Struct, frozen=True):
    """One visit that was played to its end."""

    session: str
    contact: str
    started_at: datetime
    ended_at: datetime
    truth: VisitTruth
    said: tuple[str, ...] = ()
    nudges: tuple[str, ...] = ()
    """What they did with each nudge: `accepted`, `dismissed` or `ignored`, in order."""
    refused: int = 0
    """Number of frames the server refused: 0 unless something is wrong."""


def truth_file() -> Path:
    return settings.HOME / "demo" / "truth.jsonl"


def append_truth(record: VisitRecord) -> None:
    path = truth_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(msgspec.json.encode(record) + b"\n")


def read_truth() -> Iterator[VisitRecord]:
    """Yields all visits so far, oldest first."""
    try:
        lines = truth_file().read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        yield msgspec.json.decode(line, type=VisitRecord)

"""The bare ceiling of the table: one connection that copies prepared rows and commits."""

import random
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg

from vcsm.benchmark.load.sessions import make_work
from vcsm.events.copying import COPY, encode_rows
from vcsm.events.incoming import Incoming, SessionContext

ROWS = 1_000


def measure_copy(url: str, *, seconds: float) -> float:
    """Events per second that one client commits with nothing but COPY, 1,000 rows at a time."""
    block = _prepared()
    copied = 0
    with psycopg.connect(url, autocommit=True) as connection:
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            with (
                connection.transaction(),
                connection.cursor() as cursor,
                cursor.copy(COPY) as copy,
            ):
                copy.write(block)
            copied += ROWS
        took = time.perf_counter() - began
        connection.execute("DELETE FROM events_event WHERE session_id = %s", (_SESSION,))
    return copied / took


_SESSION: UUID = uuid4()


def _prepared() -> bytes:
    context = SessionContext(
        workspace_id=0, session_id=_SESSION, browser_id=_SESSION, contact_id=0, clock_offset=0.0
    )
    batch = Incoming(
        context=context,
        sequence=1,
        events=make_work(random.Random(1), ROWS),
        received_at=datetime.now(UTC),
    )
    return encode_rows([batch])

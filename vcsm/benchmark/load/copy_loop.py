"""What PostgreSQL takes in the plain way: one connection that copies prepared rows and commits."""

import random
import time
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import psycopg

from vcsm.benchmark.load.sessions import make_work

ROWS = 1_000
ROW_AN_EVENT = """
CREATE TABLE benchmark_event (LIKE events_event);
CREATE INDEX ON benchmark_event (session_id, sequence, position);
CREATE INDEX ON benchmark_event USING brin (received_at);
"""
"""The table one would make first, with a row for each event; the first design writes to it too."""


def measure_copy(database: psycopg.Connection, *, seconds: float) -> float:
    """Returns events/s that one client commits with nothing but COPY, 1,000 rows at a time."""
    block = _prepared(database)
    copied, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        with database.cursor().copy("COPY benchmark_event FROM STDIN (FORMAT binary)") as copy:
            copy.write(block)
        copied += ROWS
    return copied / (time.perf_counter() - began)


def _prepared(database: psycopg.Connection) -> bytes:
    """Returns `ROWS` rows in the form in which PostgreSQL itself would copy them out."""
    events = msgspec.json.encode(make_work(random.Random(1), ROWS)).decode()
    with database.transaction(force_rollback=True):
        database.execute(
            "INSERT INTO events_batchbody VALUES (0, %s, 1, %s, 0, 0, %s)",
            (session := uuid4(), datetime.now(UTC), events),
        )
        with database.cursor().copy(
            "COPY (SELECT * FROM events_event WHERE session_id = %s) TO STDOUT (FORMAT binary)",
            (session,),
        ) as copy:
            return b"".join(bytes(piece) for piece in copy)

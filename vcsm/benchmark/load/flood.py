"""Ten times what a web process takes, for a minute: its memory, what it refuses, and what is lost.

In the middle the database stores nothing for some seconds (somebody holds a lock that every writer
needs), so that waiting batches fill the room there is and the rest is refused.
"""

import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import psycopg

from vcsm.benchmark.amounts import at_least, not_negative, positive
from vcsm.benchmark.load.flooder import Flooded
from vcsm.benchmark.load.serving import Serving, start_site
from vcsm.benchmark.percentiles import percentile

MIB = 1 << 20
HELD = "LOCK TABLE events_batchbody IN EXCLUSIVE MODE"


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=positive, default=60)
    parser.add_argument("--times", type=positive, default=10, help="of what the process takes")
    parser.add_argument("--connections", type=at_least(1), default=64)
    parser.add_argument(
        "--hold", type=not_negative, default=5, help="seconds the database takes nothing"
    )


@dataclass(frozen=True)
class Asked:
    seconds: float = 60
    times: float = 10
    connections: int = 64
    hold: float = 5


def run(**options: Any) -> dict[str, object]:
    """Returns one JSON object; memory is MiB of the web process's resident pages."""
    asked = Asked(**options)
    with start_site(workspaces=2) as site, site.serve() as serving:
        capacity = serving.drive(
            connections=asked.connections, window=8, seconds=5
        ).events_per_second
        with psycopg.connect(site.env["DATABASE_URL"], autocommit=True) as database:
            stored = _stored(database)
            with _watched(serving) as memory, _held(database, asked):
                before = memory[0][1]
                flooded = serving.flood(
                    rate=capacity * asked.times,
                    seconds=asked.seconds,
                    connections=asked.connections,
                    seed=2,  # other sessions than those of the closed loop
                )
            stored = _stored(database) - stored
    return {**_told(asked, capacity, flooded, stored), **_memory(memory, before, asked.seconds)}


def _told(asked: Asked, capacity: float, flooded: Flooded, stored: int) -> dict[str, object]:
    acked = flooded.acked + len(flooded.quiet_ms) * 20
    return {
        "capacity_events_per_second": round(capacity),
        "offered_events_per_second": round(flooded.offered / asked.seconds),
        "acked_events_per_second": round(flooded.acked_in_time / asked.seconds),
        "acked_events": acked,
        "rows_match_acks": stored == acked,
        "sent_and_never_acked_events": flooded.sent - flooded.acked,
        "refused_batches": flooded.refused,
        "retry_after_s": flooded.retry_after,
        "sockets_lost": flooded.lost,
        "seconds_until_all_acked": flooded.drain_seconds,
        "quiet_workspace_ack_p50_ms": _ms(flooded.quiet_ms, 0.5),
        "quiet_workspace_ack_p99_ms": _ms(flooded.quiet_ms, 0.99),
        **asdict(asked),
    }


def _memory(
    memory: list[tuple[float, int]], before: int, seconds: float
) -> dict[str, float | None]:
    """Returns the peaks of the flood's two halves: what grows with time is larger in the second."""
    began = memory[0][0]
    halves = (
        [size for at, size in memory if at - began < seconds / 2],
        [size for at, size in memory if seconds / 2 <= at - began < seconds],
    )
    first, second = (max(half, default=before) for half in halves)
    return {
        "web_mib_before": round(before / MIB, 1),
        "web_mib_highest_first_half": round(first / MIB, 1),
        "web_mib_highest_second_half": round(second / MIB, 1),
        "web_mib_after": round(memory[-1][1] / MIB, 1),
    }


@contextmanager
def _watched(serving: Serving) -> Iterator[list[tuple[float, int]]]:
    """Yields a list that gets the web process's resident bytes twice a second."""
    seen, ended = [(time.monotonic(), serving.resident_bytes())], threading.Event()

    def watch() -> None:
        while not ended.wait(0.5):
            seen.append((time.monotonic(), serving.resident_bytes()))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


@contextmanager
def _held(database: psycopg.Connection, asked: Asked) -> Iterator[None]:
    """Keeps the database from storing anything for `hold` seconds, a quarter into the flood."""

    def hold() -> None:
        time.sleep(asked.seconds / 4)
        with database.transaction():
            database.execute(HELD)
            time.sleep(asked.hold)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _stored(database: psycopg.Connection) -> int:
    row = database.execute("SELECT coalesce(sum(events), 0) FROM events_batch").fetchone()
    rows = database.execute("SELECT count(*) FROM events_event").fetchone()
    assert row is not None and rows is not None and row[0] == rows[0], "ledger and events differ"
    return int(row[0])


def _ms(ordered: list[float], share: float) -> float | None:
    return round(percentile(ordered, share), 1) if ordered else None

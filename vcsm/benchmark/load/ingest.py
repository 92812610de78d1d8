"""Measures events acknowledged as durable per second, beside the ceilings and the first design."""

from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from typing import Any

import psycopg

from vcsm.benchmark.amounts import at_least, positive
from vcsm.benchmark.load.copy_loop import ROW_AN_EVENT, measure_copy
from vcsm.benchmark.load.driver import Driven
from vcsm.benchmark.load.serving import Site, start_site
from vcsm.benchmark.load.sessions import make_batches
from vcsm.benchmark.percentiles import percentile

RIVALS = "vcsm.benchmark.load.rivals"
SLOW_DISK = ("commit_delay = 2000", "commit_siblings = 0")
"""PostgreSQL settings that make every commit take two milliseconds longer."""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=positive, default=10)
    parser.add_argument("--connections", type=at_least(1), default=64)
    parser.add_argument(
        "--window", type=at_least(1), default=8, help="batches on the way per widget"
    )
    parser.add_argument("--web", type=at_least(1), default=1, help="web processes")
    parser.add_argument("--workspaces", type=at_least(1), default=1)
    parser.add_argument("--rate", type=positive, default=20_000, help="events/s of the paced run")
    parser.add_argument("--slow-disk", action="store_true", help="every commit takes 2 ms more")
    parser.add_argument(
        "--stored", type=at_least(0), default=0, help="events in the table before it starts"
    )
    parser.add_argument(
        "--alone", action="store_true", help="ours only, without what it is measured against"
    )


@dataclass(frozen=True)
class Asked:
    seconds: float = 10
    connections: int = 64
    window: int = 8
    web: int = 1
    workspaces: int = 1
    rate: float = 20_000
    slow_disk: bool = False
    stored: int = 0
    alone: bool = False


@dataclass(frozen=True)
class Rivals:
    """Events per second of what ours is measured against; None if that was not asked for."""

    ack_only: float | None = None
    ack_detect: float | None = None
    first_design: float | None = None
    copied: float | None = None


@dataclass(frozen=True)
class Ours:
    """What our own servers did, flat out and paced. `rows` are the events stored by both runs."""

    full: Driven
    paced: Driven
    rows: int
    signals: int
    disk: int
    """Bytes by which tables and indexes grew."""
    cpu: dict[str, float]
    """CPU seconds of the flat-out run per second counted, by part: `web`, `postgres`, `load`."""

    @property
    def rows_match_acks(self) -> bool:
        return self.rows == sum(driven.acked_total for driven in (self.full, self.paced)) and all(
            driven.acked_total == driven.sent_total for driven in (self.full, self.paced)
        )


def run(**options: Any) -> dict[str, object]:
    """Measures flat out, paced at `rate`, and the ceilings; returns all as one JSON object.

    `ack_p50_ms` and `ack_p99_ms` are those of the paced run, from the moment a batch was due.
    """
    asked = Asked(**options)
    disk = SLOW_DISK if asked.slow_disk else ()
    with start_site(workspaces=asked.workspaces, postgres=disk) as site:
        url = site.env["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as database:
            ours = _measure_ours(site, database, asked)
            rivals = Rivals() if asked.alone else _measure_rivals(site, database, asked)
    reached = ours.full.events_per_second
    return {
        "events_per_second": round(reached),
        "ack_p50_ms": _ms(ours.paced, 0.5),
        "ack_p99_ms": _ms(ours.paced, 0.99),
        "ack_only_events_per_second": rivals.ack_only and round(rivals.ack_only),
        "first_design_events_per_second": rivals.first_design and round(rivals.first_design),
        "copy_events_per_second": rivals.copied and round(rivals.copied),
        "ratio_to_ack_only": rivals.ack_only and round(reached / rivals.ack_only, 3),
        "ratio_to_first_design": rivals.first_design and round(reached / rivals.first_design, 1),
        "rows_match_acks": ours.rows_match_acks,
        "cpu": ours.cpu,
        "paced_events_per_second": round(ours.paced.events_per_second),
        "ack_detect_events_per_second": rivals.ack_detect and round(rivals.ack_detect),
        "ratio_to_ack_detect": rivals.ack_detect and round(reached / rivals.ack_detect, 3),
        "full_ack_p50_ms": _ms(ours.full, 0.5),
        "full_ack_p99_ms": _ms(ours.full, 0.99),
        "rows": ours.rows,
        "refused": ours.full.refused + ours.paced.refused,
        "signals": ours.signals,
        "bytes_per_event": round(ours.disk / max(1, ours.rows)),
        **asdict(asked),
    }


def _measure_ours(site: Site, database: psycopg.Connection, asked: Asked) -> Ours:
    if asked.stored:
        _fill(database, asked.stored)
    before, disk = _rows(database), _count(database, _DISK)
    with site.serve(processes=asked.web) as serving:
        cpu = serving.cpu_seconds()
        full = serving.drive(
            connections=asked.connections, window=asked.window, seconds=asked.seconds
        )
        used = {name: now - cpu[name] for name, now in serving.cpu_seconds().items()}
        used["load"] = full.cpu_seconds
        paced = serving.drive(
            connections=max(asked.connections, 100), seconds=asked.seconds, rate=asked.rate, seed=2
        )
    return Ours(
        full=full,
        paced=paced,
        rows=_rows(database) - before,
        disk=_count(database, _DISK) - disk,
        signals=_count(database, "SELECT count(*) FROM friction_frictionsignal"),
        cpu={name: round(seconds / full.seconds, 2) for name, seconds in used.items()},
    )


def _measure_rivals(site: Site, database: psycopg.Connection, asked: Asked) -> Rivals:
    ack_only = _drive(site, f"{RIVALS}:ack_only", asked, window=asked.window, seed=3)
    ack_detect = _drive(site, f"{RIVALS}:ack_detect", asked, window=asked.window, seed=3)
    database.execute(ROW_AN_EVENT)
    first = _drive(site, f"{RIVALS}:first_design", asked, window=1, seed=4)
    return Rivals(
        ack_only=ack_only.events_per_second,
        ack_detect=ack_detect.events_per_second,
        first_design=first.events_per_second,
        copied=measure_copy(database, seconds=asked.seconds / 2),
    )


def _drive(site: Site, application: str, asked: Asked, *, window: int, seed: int) -> Driven:
    with site.serve(application, processes=asked.web) as serving:
        return serving.drive(
            connections=asked.connections, window=window, seconds=asked.seconds / 2, seed=seed
        )


def _ms(driven: Driven, share: float) -> float | None:
    return round(percentile(driven.latencies_ms, share), 2) if driven.latencies_ms else None


def _rows(database: psycopg.Connection) -> int:
    """Counts the events stored for sessions that the load opened, not those `_fill` has written."""
    return _count(
        database,
        "SELECT count(*) FROM events_session s JOIN events_event e ON e.session_id = s.id",
    )


def _count(database: psycopg.Connection, query: str) -> int:
    row = database.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


_DISK = """
SELECT pg_total_relation_size('events_batch') + sum(pg_total_relation_size(relid))
FROM pg_partition_tree('events_batchbody') WHERE isleaf
"""
_FILL = """
WITH batch AS (
 SELECT md5((n / 50)::text)::uuid AS session, n %% 50 + 1 AS sequence
 FROM generate_series(%s::int, %s::int) AS n
), entered AS (
 INSERT INTO events_batch (session_id, sequence, events, received_at)
 SELECT session, sequence, 20, now() FROM batch
)
INSERT INTO events_batchbody SELECT 1, session, sequence, now(), 0, 0, %s FROM batch
"""
_AT_ONCE = 50_000


def _fill(database: psycopg.Connection, events: int) -> None:
    """Stores about `events` events of made-up sessions, in batches as heavy as real ones: twenty
    events each, fifty batches a session."""
    batches = events // 20
    body = make_batches(seed=9, events=20, per_batch=20)[0].decode()
    for first in range(0, batches, _AT_ONCE):
        last = min(first + _AT_ONCE, batches) - 1
        database.execute(_FILL, (first, last, body))
    for statement in ("ANALYZE events_batchbody", "ANALYZE events_batch", "CHECKPOINT"):
        database.execute(statement)

"""Measures events acknowledged as durable per second, beside the ceilings and the first design."""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import chain
from statistics import median
from typing import Any

import psycopg

from vcsm.benchmark.amounts import at_least, positive
from vcsm.benchmark.load.copy_loop import ROW_AN_EVENT, measure_copy
from vcsm.benchmark.load.driver import WARM_SECONDS, Driven
from vcsm.benchmark.load.serving import OURS, Serving, Site, start_site
from vcsm.benchmark.load.sessions import make_batches
from vcsm.benchmark.percentiles import percentile

RIVALS = "vcsm.benchmark.load.rivals"
TURNS = 3
"""How often ours and its two ceilings are loaded in turn. The host's speed changes within seconds,
and both sides of a ratio should have had the same of it."""
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
class Turn:
    """Ours flat out, and straight after it the ceilings, in events per second; None where they
    were not asked for."""

    ours: Driven
    ack_only: float | None = None
    ack_detect: float | None = None

    def ratio_to(self, ceiling: float | None) -> float | None:
        return ceiling and self.ours.events_per_second / ceiling


@dataclass(frozen=True)
class Ours:
    """What our own servers did, flat out and paced. `rows` are the events stored by all runs."""

    turns: Sequence[Turn]
    paced: Driven
    rows: int
    signals: int
    disk: int
    """Bytes by which tables and indexes grew."""
    cpu: dict[str, float]
    """CPU seconds per second of the flat-out turns, warm-up included: `web`, `postgres`, `load`."""

    @property
    def driven(self) -> list[Driven]:
        return [*(turn.ours for turn in self.turns), self.paced]

    @property
    def rows_match_acks(self) -> bool:
        acked = sum(driven.acked_total for driven in self.driven)
        sent = sum(driven.sent_total for driven in self.driven)
        return self.rows == acked == sent


@dataclass(frozen=True)
class Firsts:
    """Events per second of the first design and of plain COPY; None if not asked for."""

    design: float | None = None
    copied: float | None = None


def run(**options: Any) -> dict[str, object]:
    """Measures flat out, paced at `rate`, and the ceilings; returns all as one JSON object.

    Of the turns flat out the medians are given, and the median of each turn's own ratio.
    `ack_p50_ms` and `ack_p99_ms` are those of the paced run, from the moment a batch was due.
    """
    asked = Asked(**options)
    disk = SLOW_DISK if asked.slow_disk else ()
    with start_site(workspaces=asked.workspaces, postgres=disk) as site:
        url = site.env["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as database:
            ours = _measure_ours(site, database, asked)
            firsts = Firsts() if asked.alone else _measure_firsts(site, database, asked)
    turns = ours.turns
    reached = median(turn.ours.events_per_second for turn in turns)
    late = sorted(chain.from_iterable(turn.ours.latencies_ms for turn in turns))
    return {
        "events_per_second": round(reached),
        "ack_p50_ms": _ms(ours.paced.latencies_ms, 0.5),
        "ack_p99_ms": _ms(ours.paced.latencies_ms, 0.99),
        "ack_only_events_per_second": _middle([turn.ack_only for turn in turns]),
        "first_design_events_per_second": firsts.design and round(firsts.design),
        "copy_events_per_second": firsts.copied and round(firsts.copied),
        "ratio_to_ack_only": _middle([turn.ratio_to(turn.ack_only) for turn in turns], 3),
        "ratio_to_first_design": firsts.design and round(reached / firsts.design, 1),
        "rows_match_acks": ours.rows_match_acks,
        "cpu": ours.cpu,
        "paced_events_per_second": round(ours.paced.events_per_second),
        "ack_detect_events_per_second": _middle([turn.ack_detect for turn in turns]),
        "ratio_to_ack_detect": _middle([turn.ratio_to(turn.ack_detect) for turn in turns], 3),
        "full_ack_p50_ms": _ms(late, 0.5),
        "full_ack_p99_ms": _ms(late, 0.99),
        "rows": ours.rows,
        "refused": sum(driven.refused for driven in ours.driven),
        "signals": ours.signals,
        "bytes_per_event": round(ours.disk / max(1, ours.rows)),
        **asdict(asked),
    }


def _measure_ours(site: Site, database: psycopg.Connection, asked: Asked) -> Ours:
    if asked.stored:
        _fill(database, asked.stored)
    before, disk = _rows(database), _count(database, _DISK)
    names = [OURS] if asked.alone else [OURS, f"{RIVALS}:ack_only", f"{RIVALS}:ack_detect"]
    with ExitStack() as running:
        servers = [
            running.enter_context(
                site.serve(name, processes=asked.web, first=1 + place * asked.web)
            )
            for place, name in enumerate(names)
        ]
        turns, used = [], dict.fromkeys([*servers[0].cpu_seconds(), "load"], 0.0)
        for turn in range(TURNS):
            cpu = servers[0].cpu_seconds()
            full = _drive(servers[0], asked, seconds=asked.seconds, seed=10 + turn)
            for name, now in servers[0].cpu_seconds().items():
                used[name] += now - cpu[name]
            used["load"] += full.cpu_seconds
            ceilings = [
                _drive(server, asked, seconds=asked.seconds / 2, seed=20 + turn).events_per_second
                for server in servers[1:]
            ]
            turns.append(Turn(full, *ceilings))
        paced = servers[0].drive(
            connections=max(asked.connections, 100), seconds=asked.seconds, rate=asked.rate, seed=2
        )
    loaded = sum(WARM_SECONDS + turn.ours.seconds for turn in turns)
    return Ours(
        turns=turns,
        paced=paced,
        rows=_rows(database) - before,
        disk=_count(database, _DISK) - disk,
        signals=_count(database, "SELECT count(*) FROM friction_frictionsignal"),
        cpu={name: round(seconds / loaded, 2) for name, seconds in used.items()},
    )


def _measure_firsts(site: Site, database: psycopg.Connection, asked: Asked) -> Firsts:
    database.execute(ROW_AN_EVENT)
    with site.serve(f"{RIVALS}:first_design", processes=asked.web) as serving:
        first = serving.drive(
            connections=asked.connections, window=1, seconds=asked.seconds / 2, seed=4
        )
    return Firsts(
        design=first.events_per_second, copied=measure_copy(database, seconds=asked.seconds / 2)
    )


def _drive(serving: Serving, asked: Asked, *, seconds: float, seed: int) -> Driven:
    """One turn of it, flat out."""
    return serving.drive(
        connections=asked.connections, window=asked.window, seconds=seconds / TURNS, seed=seed
    )


def _middle(values: Sequence[float | None], digits: int | None = None) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), digits) if known else None


def _ms(latencies: Sequence[float], share: float) -> float | None:
    return round(percentile(latencies, share), 2) if latencies else None


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

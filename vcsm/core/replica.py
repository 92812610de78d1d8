"""Reads from a replica of the database, so that long reads leave the writer alone.

`DATABASE_REPLICA_URL` names it. Only what is inside `on_replica` reads there, and nothing writes
there: the router refuses before anything is sent, as PostgreSQL would.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from vcsm.core.error_words import name_error

log = structlog.get_logger(__name__)

ALIAS = "replica"
_reading: ContextVar[bool] = ContextVar("vcsm_replica", default=False)

_LAG = """
SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
  THEN 0 ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END
"""


class ReplicaRouter:
    """The router that Django finds in `DATABASE_ROUTERS`."""

    def db_for_read(self, model: type, **_: Any) -> str:
        return reading_alias()

    def db_for_write(self, model: type, **_: Any) -> str:
        if _reading.get():
            raise RuntimeError(f"{model.__name__} is written inside on_replica: it only reads.")
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        return True

    def allow_migrate(self, db: str, *_: Any, **__: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def on_replica() -> Iterator[str]:
    """Sends the reads inside to the replica and yields its alias.

    Without a replica that answers, they go to the database itself, whose alias is yielded.
    """
    if _reading.get() or not _answers():
        yield reading_alias()
        return
    token = _reading.set(True)
    try:
        yield ALIAS
    finally:
        _reading.reset(token)
        if not connections[ALIAS].in_atomic_block:
            connections[ALIAS].close()


def reading_alias() -> str:
    """Returns the alias to read from, for hand-written SQL: `connections[reading_alias()]`."""
    return ALIAS if _reading.get() else DEFAULT_DB_ALIAS


def replica_lag() -> float | None:
    """Returns the seconds by which the replica is behind; None where none answers."""
    if not _answers():
        return None
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_LAG)
        lag = cursor.fetchone()[0]
    return None if lag is None else float(lag)


def _answers() -> bool:
    if ALIAS not in connections.databases:
        return False
    try:
        connections[ALIAS].ensure_connection()
    except OperationalError as error:
        log.warning("the replica is away; its reads go to the database", error=name_error(error))
        return False
    return True

"""Turns the database's address, and how connections are kept, into what Django wants."""

from typing import cast

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

PATIENCE_SECONDS = 5
"""Seconds after which a request without a connection fails, as it would on a database that is
down."""
IDLE_SECONDS = 60
RECONNECT_SECONDS = 1
"""Seconds after which a pool that cannot connect gives up, to begin anew with the next request.
By itself it would wait twice as long after every failure: a restart of ten seconds would take
twenty."""

LINE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""How soon a silent server is given up. One whose machine or cable is gone says nothing, and with
the kernel's own times a connection waits for it a quarter of an hour. A task may run for longer
than this, and goes on with another connection. The URL may give other values."""


def database_from_url(url: str) -> dict[str, object]:
    """Turns an address as PostgreSQL's tools take it (its manual, "Connection URIs") into settings.

    It may name several hosts, or a socket's folder. Raises ImproperlyConfigured.
    """
    scheme = url[: url.find("://") + 1].rstrip(":")
    if scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {scheme!r}: VCSM needs postgresql://…"
        )
    try:
        told = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        # The error quotes the address, password and all.
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: write postgresql://account:password@host:port/name."
        ) from error
    return {
        "ENGINE": "vcsm.core.postgres",
        "NAME": told.pop("dbname", "vcsm"),
        "USER": told.pop("user", ""),
        "PASSWORD": told.pop("password", ""),
        "HOST": told.pop("host", ""),
        "PORT": str(told.pop("port", "")),
        "OPTIONS": {**LINE, **told},
    }


def shared(database: dict[str, object], *, connections: int) -> dict[str, object]:
    """Adds a pool of at most `connections` for all threads; with 0, each thread has its own.

    Every connection is tried before use, by Django or `vcsm.core.postgres`: PostgreSQL may have
    restarted since.
    """
    if not connections:
        return {**database, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    pool = {
        "min_size": min(2, connections),
        "max_size": connections,
        "timeout": PATIENCE_SECONDS,
        "max_idle": IDLE_SECONDS,
        "reconnect_timeout": RECONNECT_SECONDS,
    }
    options = cast(dict[str, object], database["OPTIONS"])
    return {
        **database,
        "OPTIONS": {"application_name": "vcsm-web", **options, "pool": pool},
        "CONN_MAX_AGE": 0,  # the pool keeps connections, and tries them
    }

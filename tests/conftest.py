"""Fixtures of all tests. `tests.plugin` has started PostgreSQL and Valkey before Django loaded."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings

from tests.cast import NOON, Cast, make_cast
from tests.plugin import OURS
from tests.stack import Stack, start_stack
from vcsm.config.routes import LIMITS
from vcsm.events.partitions import create_partitions

# The same cases in every run, so that a failure comes from the change and not from the draw;
# VCSM_EXPLORE=1 draws new ones. No deadline, because a busy machine is no failure.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile("explore" if os.environ.get("VCSM_EXPLORE") else "repeatable")

LIVE = {"stack", "live_cast", "committed", "browser", "committed_cast"}
"""Fixtures whose rows stay in the test database."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorts files that commit last, so that those that roll back find the database empty. Within
    both groups the files marked `long` come first."""
    lasting = {item.path for item in items if LIVE & set(getattr(item, "fixturenames", ()))}
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: (item.path in lasting, item.path not in long))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: object) -> Iterator[None]:
    """Creates the test database for every run that asks for it.

    pytest-django's own fixture creates it only where some test is marked `django_db`; a run of
    nothing but tests with servers would then write into the database that DATABASE_URL names.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        create_partitions(today=NOON.date())  # else every scene makes and drops them
    yield
    if os.environ.get(OURS):
        return  # the database goes with its server
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            # Threads of this process keep connections that cannot be closed from here.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        teardown_databases(made, verbosity=0)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(scope="session")
def stack(django_db_setup: None, django_db_blocker: object) -> Iterator[Stack]:
    """Real web server and Celery worker on the test database, for the whole run."""
    if os.environ.get(OURS):
        # Tasks enqueued by tests without servers would run, and fail, beside those with them.
        redis.Redis.from_url(os.environ["REDIS_URL"]).delete(*LIMITS)
    with start_stack() as running:
        yield running


@pytest.fixture
def live_cast(stack: Stack, django_db_blocker: object) -> Iterator[Cast]:
    """A cast whose rows are committed, so that the servers of `stack` see them.

    Nothing is rolled back: each test has workspaces of its own.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield make_cast(
            suffix=f"-{uuid4().hex[:8]}",
            origins=("http://127.0.0.1:*", "http://localhost:*", stack.origin),
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[object]:
    """Adds the servers' logs to the report of a failed test that used them."""
    report = yield
    running = getattr(item, "funcargs", {}).get("stack")
    if report.failed and report.when != "teardown" and isinstance(running, Stack):
        for part in ("web", "worker"):
            report.sections.append((f"{part} log", running.log(part)[-4000:]))
    return report

"""`manage.py migrate` while others work: it waits for them, and they do not wait for it."""

import threading
from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.stack import run_environment
from vcsm.core.postgres import short_locks

APP, BEFORE, ADDS = "reports", "0002_digest_reader", "reports.0003_digest_tries"
TABLE = "reports_digestmail"
"""To which `ADDS` adds a column: for that it needs the whole table."""


@pytest.fixture
def behind(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The database of the version before; that of today in the end."""
    monkeypatch.setattr(short_locks, "PAUSES", (0.05, 0.1))
    with django_db_blocker.unblock():
        call_command("migrate", APP, BEFORE, verbosity=0)
        yield
        call_command("migrate", APP, verbosity=0)


@pytest.fixture
def report(behind: None) -> Iterator[psycopg.Connection]:
    """Somebody reads the table in a transaction that does not end."""
    with psycopg.connect(run_environment()["DATABASE_URL"]) as reader:
        reader.execute(f"SELECT count(*) FROM {TABLE}")
        yield reader


class Migrating(threading.Thread):
    """`migrate` in a thread of its own, and what it has said so far."""

    def __init__(self, django_db_blocker: Any) -> None:
        super().__init__()
        self.out, self.error = StringIO(), ""
        self._blocker = django_db_blocker
        self.start()

    def run(self) -> None:
        try:
            with self._blocker.unblock():
                call_command("migrate", APP, stdout=self.out, no_color=True)
        except CommandError as error:
            self.error = str(error)
        finally:
            connection.close()

    def tries(self) -> int:
        return self.out.getvalue().count("a lock is held: trying again")


def test_others_go_on_while_it_waits_for_a_lock(
    report: psycopg.Connection, django_db_blocker: Any
) -> None:
    migrating = Migrating(django_db_blocker)
    rounds = 0
    # Whoever stood behind it for as long as the report lasts would be cut off here.
    with psycopg.connect(run_environment()["DATABASE_URL"], autocommit=True) as traffic:
        traffic.execute("SET statement_timeout = '15s'")
        while migrating.tries() < 2 and migrating.is_alive():
            traffic.execute(f"SELECT count(*) FROM {TABLE}")
            traffic.execute(f"DELETE FROM {TABLE} WHERE failed = 'never'")
            rounds += 1
    report.rollback()
    migrating.join(60)
    assert not migrating.is_alive() and migrating.error == ""
    assert rounds > 2 and migrating.tries() >= 2
    assert f"Applying {ADDS}" in migrating.out.getvalue()
    with psycopg.connect(run_environment()["DATABASE_URL"]) as look:
        look.execute(f"SELECT tries FROM {TABLE}")


def test_it_gives_up_in_words_and_changes_nothing(report: psycopg.Connection) -> None:
    with pytest.raises(CommandError, match="The oldest transactions of the database: process"):
        call_command("migrate", APP, verbosity=0, patience=0.1)
    report.execute("SAVEPOINT before")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        report.execute(f"SELECT tries FROM {TABLE}")
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "0", "the connection goes on with it"


def test_two_at_once_are_one_after_the_other(behind: None, django_db_blocker: Any) -> None:
    both = [Migrating(django_db_blocker) for _ in range(2)]
    for one in both:
        one.join(60)
    assert [one.error for one in both] == ["", ""]
    assert sum(one.out.getvalue().count(f"Applying {ADDS}") for one in both) == 1

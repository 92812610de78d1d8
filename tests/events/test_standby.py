"""Commits that wait for a standby: what is seen of one that was broken off is not yet for good."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests.standby import primary_alone, wait
from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.kinds import Page
from vcsm.events.ledger import pack, store, stored_of

_WAITS = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


@pytest.fixture
def leader(django_db_setup: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings = connection.settings_dict
    schema_of = psycopg.conninfo.make_conninfo(
        host=settings["HOST"], dbname=settings["NAME"], user=settings["USER"]
    )
    with primary_alone(schema_of, monkeypatch) as (_, primary):
        yield primary.url


def test_a_batch_whose_commit_was_broken_off_is_not_confirmed_by_reading_it(leader: str) -> None:
    session = uuid4()
    context = SessionContext(1, session, session, 1, 0.0)
    batch = Incoming(context, 1, [Page(at=1)], datetime.now(UTC))
    with (
        psycopg.connect(leader, autocommit=True) as hand,
        ThreadPoolExecutor(2) as threads,
    ):
        hand.execute("SET session_replication_role = replica")
        hand.execute(
            "INSERT INTO events_session (id, workspace_id, contact_id, browser_id, started_at,"
            " seen_at, page, user_agent, release) VALUES (%s, 1, 1, %s, now(), now(), '', '', '')",
            (session, session),
        )
        follow(hand, "nobody")
        writer = psycopg.connect(leader, autocommit=True)
        writer.execute("SET session_replication_role = replica")
        writing = threads.submit(store, writer, [pack(batch)])
        wait(lambda: hand.execute(_WAITS).fetchone(), lambda: "no commit waits for the standby")
        hand.execute(f"SELECT pg_terminate_backend(pid) FROM ({_WAITS}) AS waiting")
        with pytest.raises(psycopg.OperationalError):
            writing.result(10)

        asking = psycopg.connect(leader, autocommit=True)
        asked = threads.submit(stored_of, asking, [(session, 1)])
        wait(lambda: hand.execute(_WAITS).fetchone(), lambda: "it was confirmed at once")
        with pytest.raises(NotYet):
            asked.result(0.2)
        follow(hand, "")
        assert asked.result(10) == {(session, 1)}
        asking.close()


def follow(hand: psycopg.Connection, names: str) -> None:
    """Commits wait for `names` from now on, in every session."""
    hand.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'".encode())
    hand.execute("SELECT pg_reload_conf()")
    shown = "SHOW synchronous_standby_names"
    wait(lambda: hand.execute(shown).fetchone() == (names,), lambda: "the setting has no effect")

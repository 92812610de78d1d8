"""Ingest goes on writing a session's signals while somebody thinks about them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import NOON, Cast
from vcsm.assistant import react as reacting
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import waiting_signals


def grow(session_id: UUID) -> None:
    """As ingest does, over a connection of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
            FrictionSignal.objects.filter(session=session_id).update(revision=2, count=9)
    finally:
        connection.close()


def test_it_works(live_cast: Cast, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    decide_all = reacting._decide_all

    def decide_while_it_grows(*args: Any, **more: Any) -> None:
        decide_all(*args, **more)
        with ThreadPoolExecutor(1) as beside:
            beside.submit(grow, session.pk).result()

    monkeypatch.setattr(reacting, "_decide_all", decide_while_it_grows)
    with django_db_blocker.unblock():
        session = live_cast.session()
        FrictionSignal.objects.create(
            workspace=live_cast.acme, session=session, contact=live_cast.vera, kind="rage",
            key="b", element="b", page="/reports", severity=0.6, count=4, started_at=NOON,
            last_at=NOON,
        )  # fmt: skip
        reacting.react(session_id=session.pk, now=NOON)
        # What has been decided was about four clicks; the nine are thought about next.
        assert [signal.count for signal in waiting_signals(session.pk)] == [9]

"""The event table's days: made ahead, also where the default has taken some; dropped with time."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connection

from tests.cast import Cast
from tests.stack import run_environment
from vcsm.core.postgres import short_locks
from vcsm.core.postgres.short_locks import StillLocked
from vcsm.events import partitions
from vcsm.events.models import Batch, BatchBody, Session
from vcsm.events.partitions import (
    create_partitions,
    drop_partitions,
    empty_default,
    forget_batches,
)

pytestmark = pytest.mark.django_db
FAR = date(2031, 5, 10)
"""Nobody has made partitions for then."""
LONG_AGO = datetime(2001, 1, 1, 13, tzinfo=UTC)


def store(session: Session, day: date, *, sequence: int = 1) -> None:
    BatchBody.objects.create(
        workspace_id=session.workspace_id,
        session_id=session.pk,
        sequence=sequence,
        received_at=datetime(day.year, day.month, day.day, 13, tzinfo=UTC),
        events="[]",
    )


def where(day: date) -> list[str]:
    """The partitions in which that day's batches lie."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tableoid::regclass::text FROM events_batchbody "
            "WHERE (received_at AT TIME ZONE 'UTC')::date = %s",
            [day],
        )
        return [name for (name,) in cursor.fetchall()]


def test_it_works(cast: Cast) -> None:
    made = create_partitions(today=FAR, ahead=1)
    assert made == [f"events_batchbody_203105{day:02}" for day in (9, 10, 11)]
    assert create_partitions(today=FAR, ahead=1) == []
    store(cast.session(), FAR)
    assert where(FAR) == ["events_batchbody_20310510"]
    assert drop_partitions(before=FAR + timedelta(days=1))[-2:] == made[:2]
    assert where(FAR) == []


def test_a_day_that_the_default_has_taken_gets_its_batches(cast: Cast) -> None:
    """Beat was away for a week: the day's partition could not be made at all without them."""
    session = cast.session()
    store(session, FAR)
    store(session, FAR + timedelta(days=3), sequence=2)
    assert where(FAR) == [partitions.DEFAULT]
    create_partitions(today=FAR, ahead=0)
    assert where(FAR) == ["events_batchbody_20310510"]
    assert where(FAR + timedelta(days=3)) == [partitions.DEFAULT]


def test_what_lies_in_the_default_is_dropped_with_time_too(cast: Cast) -> None:
    session = cast.session()
    store(session, FAR)
    store(session, FAR + timedelta(days=1), sequence=2)
    assert empty_default(before=FAR + timedelta(days=1)) == 1
    assert BatchBody.objects.get(session=session).sequence == 2


def test_the_ledger_forgets_what_is_dropped_and_nothing_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "PART_PAGES", 3)
    kept = LONG_AGO + timedelta(days=1)
    # Several parts of the table, and rows of both days in each.
    Batch.objects.bulk_create(
        Batch(session=session, sequence=n, events=1, received_at=kept if n % 2 else LONG_AGO)
        for session in [cast.session() for _ in range(40)]
        for n in range(1, 21)
    )
    assert forget_batches(before=kept.date()) == 400
    assert set(Batch.objects.values_list("received_at", flat=True)) == {kept}
    assert forget_batches(before=kept.date()) == 0


def test_a_day_that_somebody_reads_for_long_is_dropped_later(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every wait for the lock is short, since all who write would stand behind it."""
    monkeypatch.setattr(short_locks, "LOCK_SECONDS", 0.05)
    monkeypatch.setattr(short_locks, "PAUSES", (0.0, 0.01))
    monkeypatch.setattr(partitions, "PATIENCE", 0.2)
    with psycopg.connect(run_environment()["DATABASE_URL"]) as reader:
        reader.execute("SELECT count(*) FROM events_batchbody")
        with pytest.raises(StillLocked, match="oldest transactions of the database: process"):
            drop_partitions(before=FAR)
        with pytest.raises(StillLocked):
            create_partitions(today=FAR)
    assert drop_partitions(before=FAR) and create_partitions(today=FAR)

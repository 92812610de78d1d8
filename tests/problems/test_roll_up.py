"""Sessions that saw and were hit, counted once whatever comes late, twice or is taken back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import NOON, Cast
from vcsm.events.models import Session
from vcsm.events.partitions import create_partitions
from vcsm.friction.models import FrictionSignal
from vcsm.problems import roll_up as rolling
from vcsm.problems.models import Hit, Place, Rate, RollUp
from vcsm.problems.roll_up import count_sessions, roll_up
from vcsm.reports.asked import Asked
from vcsm.reports.friction import friction_report

LATER = NOON + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _days(db: None) -> None:
    create_partitions(today=NOON.date())


def saw(
    session: Session,
    page: str = "/reports",
    *,
    at: datetime = NOON,
    sequence: int = 1,
    received: datetime | None = None,
    kind: str = "page",
    body: str = "{}",
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_event VALUES (%s,%s,%s,0,%s,%s,%s,%s,NULL,%s)",
            [session.workspace_id, session.id, sequence, kind, at, received or at, page, body],
        )


def struck(
    session: Session,
    *,
    kind: str = "dead",
    element: str = "button",
    page: str = "/reports",
    key: str = "1",
    at: datetime = NOON,
) -> FrictionSignal:
    return FrictionSignal.objects.create(
        workspace_id=session.workspace_id,
        session=session,
        contact_id=session.contact_id,
        kind=kind,
        key=f"{kind} {element} {key}",
        element=element,
        element_name="Save",
        page=page,
        severity=0.5,
        count=2,
        started_at=at,
        last_at=at,
    )


def rates(cast: Cast) -> dict[tuple[str, str, str], tuple[int, int]]:
    return {
        (rate.place.kind, rate.place.page, rate.place.element): (rate.sessions, rate.signals)
        for rate in Rate.objects.filter(workspace=cast.acme).select_related("place")
        if rate.sessions or rate.signals
    }


def test_it_works(cast: Cast) -> None:
    for number in range(3):
        session = cast.session()
        saw(session)
        if number == 0:
            struck(session)
    assert roll_up(workspace_id=cast.acme.pk, now=LATER) == 3
    assert rates(cast) == {("", "/reports", ""): (3, 0), ("dead", "/reports", "button"): (1, 1)}
    hit = Hit.objects.get(workspace=cast.acme)
    assert (hit.account, hit.segment.name) == (cast.kestrel, "Growth")


def test_looking_again_changes_nothing(cast: Cast) -> None:
    session = cast.session()
    saw(session)
    struck(session)
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    before = rates(cast)
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.id])
    assert rates(cast) == before


def test_a_signal_that_grows_or_is_taken_back_moves_its_rate(cast: Cast) -> None:
    session = cast.session()
    saw(session)
    signal = struck(session)
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    struck(session, key="2")
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.id])
    assert rates(cast)["dead", "/reports", "button"] == (1, 2)
    FrictionSignal.objects.update(retracted_at=LATER)
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.id])
    assert set(rates(cast)) == {("", "/reports", "")}
    assert not Hit.objects.filter(session=session).exists()
    assert signal.pk


def test_an_event_that_comes_late_is_still_counted_once(cast: Cast) -> None:
    session = cast.session()
    saw(session)
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    hour = NOON + timedelta(hours=1)
    saw(session, "/cards", at=NOON, received=hour, sequence=2)
    saw(session, "/cards", at=NOON, received=hour, sequence=3)
    roll_up(workspace_id=cast.acme.pk, now=hour + timedelta(minutes=1))
    assert rates(cast) == {("", "/reports", ""): (1, 0), ("", "/cards", ""): (1, 0)}


def test_a_clock_a_day_off_counts_when_it_came(cast: Cast) -> None:
    saw(cast.session(), at=NOON - timedelta(days=1), received=NOON)
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    assert [one.hour for one in Rate.objects.filter(workspace=cast.acme)] == [NOON]


def test_elements_without_end_share_one_place(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolling, "MAX_PLACES", 5)
    session = cast.session()
    saw(session)
    for number in range(50):
        struck(session, element=f"e{number}")
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    assert Place.objects.filter(workspace=cast.acme).count() <= 7
    assert RollUp.objects.get(pk=cast.acme.pk).crowded_out >= 1
    assert sum(one[1] for one in rates(cast).values()) == 50


def test_a_search_without_results_is_a_place(cast: Cast) -> None:
    session = cast.session()
    saw(session, kind="search", body='{"query": " Invoice ", "results": 0}')
    saw(session, kind="search", body='{"query": "card", "results": 4}', sequence=2)
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    assert rates(cast)["no_results", "/reports", "invoice"] == (1, 1)
    assert ("no_results", "/reports", "card") not in rates(cast)


def test_another_workspace_is_not_counted(cast: Cast) -> None:
    saw(cast.session())
    roll_up(workspace_id=cast.globex.pk, now=datetime.now(UTC))
    assert not Rate.objects.filter(workspace=cast.globex).exists()
    assert uuid4()


def test_a_million_elements_of_a_hostile_client_cost_what_a_few_do(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In small: beyond the bound a session costs one row, whatever it invents; what was there
    keeps its own; and the report says how many sessions could not be told apart."""
    monkeypatch.setattr(rolling, "MAX_PLACES", 4)
    honest = cast.session()
    saw(honest)
    struck(honest)
    count_sessions(workspace_id=cast.acme.pk, sessions=[honest.pk])
    rows = []
    for look in range(4):
        session = cast.session()
        for number in range(25 * (look + 1)):
            struck(session, element=f"{look} {number}")
        saw(session, f"/invented/{look}")
        count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk])
        counted = Hit.objects.filter(workspace=cast.acme)
        rows.append((Place.objects.filter(workspace=cast.acme).count(), counted.count()))
    places, hits = zip(*rows, strict=True)
    bound = 4 + len({"", "dead"})
    assert places[1:] == (bound,) * 3
    assert [after - before for before, after in pairwise(hits)] == [1, 1, 1]
    assert Rate.objects.filter(workspace=cast.acme).count() <= bound

    asked = Asked(cast.acme.pk, NOON - timedelta(hours=1), LATER)
    report = friction_report(asked, now=LATER)
    assert report.totals.crowded_out >= 4
    sessions = {line.element_name: line.sessions for line in report.lines}
    assert sessions["Too many to tell apart"] == 4
    assert sum(one[1] for one in rates(cast).values()) == 1 + 25 + 50 + 75 + 100
    assert Hit.objects.get(session=honest).place.element == "button"


def test_a_clock_a_day_ahead_is_counted_no_later_than_it_came(cast: Cast) -> None:
    saw(cast.session(), at=NOON + timedelta(days=1), received=NOON)
    roll_up(workspace_id=cast.acme.pk, now=LATER)
    assert [one.hour for one in Rate.objects.filter(workspace=cast.acme)] == [NOON]

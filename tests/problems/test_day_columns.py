"""A report from packed days says what the events say, whatever came late, twice or was taken
back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOON, Cast
from tests.problems.test_roll_up import saw, struck
from vcsm.events.models import Session
from vcsm.events.partitions import create_partitions
from vcsm.friction.models import FrictionSignal
from vcsm.problems.day_columns import pack_days, read_period
from vcsm.problems.models import FrictionDay
from vcsm.problems.roll_up import count_sessions
from vcsm.reports.asked import Asked
from vcsm.reports.friction import friction_report
from vcsm.reports.held import hold
from vcsm.reports.sections import page_map

DAY = timedelta(days=1)
SINCE, UNTIL = NOON - 3 * DAY, NOON + timedelta(hours=2)
PAGES = ("/a", "/b")

moments = st.integers(0, 3 * 24 * 60).map(lambda minutes: SINCE + timedelta(minutes=minutes))
acts = st.lists(
    st.one_of(
        st.tuples(st.just("saw"), st.integers(0, 3), moments, st.sampled_from(PAGES)),
        st.tuples(st.just("hit"), st.integers(0, 3), moments, st.sampled_from(PAGES)),
        st.tuples(st.just("twice"), st.integers(0, 3), moments, st.sampled_from(PAGES)),
        st.tuples(st.just("taken back"), st.integers(0, 3), moments, st.sampled_from(PAGES)),
        st.tuples(st.just("pack"), st.just(0), moments, st.just("")),
    ),
    max_size=10,
)


@pytest.fixture(autouse=True)
def _days(db: None) -> None:
    for back in range(5):
        create_partitions(today=(NOON - back * DAY).date())


@given(acts)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_report_says_what_the_events_say(
    cast: Cast, did: list[tuple[str, int, datetime, str]]
) -> None:
    with transaction.atomic():
        sessions = [cast.session() for _ in range(4)]
        Session.objects.filter(pk__in=[one.pk for one in sessions]).update(
            started_at=SINCE, seen_at=UNTIL
        )
        for number, (what, which, at, page) in enumerate(did):
            _act(cast, what, sessions[which], at, page, number)
        asked = Asked(cast.acme.pk, SINCE, UNTIL)
        pack_days(workspace_id=cast.acme.pk, now=UNTIL)

        report, held = friction_report(asked, now=UNTIL), hold(asked)

        standing = FrictionSignal.objects.filter(session__in=sessions, retracted_at=None)
        places = {(one.page, one.session_id) for one in standing}
        assert sum(line.signals for line in report.lines) == standing.count()
        assert {line.page: line.sessions for line in report.lines} == {
            page: sum(1 for on, _ in places if on == page) for page, _ in places
        }
        assert report.totals.sessions == len({session for _, session in places})
        seen = {
            (page, sessions[which].pk)
            for what, which, _, page in did
            if what
            in ("saw", "twice", "hit")  # what hit it there it saw, also if that is withdrawn
        }
        assert {one.page: one.seen for one in page_map(held)} == {
            page: len({session for on, session in seen if on == page}) for page, _ in seen
        }
        FrictionDay.objects.filter(workspace=cast.acme).delete()
        assert friction_report(asked, now=UNTIL) == report
        transaction.set_rollback(True)


def _act(cast: Cast, what: str, session: Session, at: datetime, page: str, number: int) -> None:
    match what:
        case "saw":
            saw(session, page, at=at, sequence=number)
        case "twice":
            saw(session, page, at=at, sequence=number)
            saw(session, page, at=at, sequence=number + 100)
        case "hit":
            struck(session, page=page, at=at, key=str(number))
        case "taken back":
            for signal in FrictionSignal.objects.filter(session=session, page=page)[:1]:
                FrictionSignal.objects.filter(pk=signal.pk).update(retracted_at=at)
        case _:
            pack_days(workspace_id=cast.acme.pk, now=UNTIL)
            return
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk])


def old_session(cast: Cast) -> Session:
    """Of days ago: what a page's clock says counts where it fits the session."""
    session = cast.session()
    Session.objects.filter(pk=session.pk).update(started_at=SINCE)
    return session


def test_it_works(cast: Cast) -> None:
    session = old_session(cast)
    struck(session, at=NOON - DAY)
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk])

    assert pack_days(workspace_id=cast.acme.pk, now=NOON) == 1
    assert pack_days(workspace_id=cast.acme.pk, now=NOON) == 0

    period = read_period(cast.acme.pk, SINCE, UNTIL)
    assert period.hits["signals"].tolist() == [1]
    assert period.hits["contact"].tolist() == [cast.vera.pk]
    assert FrictionDay.objects.get().day == (NOON - DAY).date()


def test_what_changes_a_day_makes_its_columns_void(cast: Cast) -> None:
    """Also where nobody thought of it, as when a contact is erased."""
    session, other = old_session(cast), old_session(cast)
    struck(session, at=NOON - DAY)
    struck(other, at=NOON - 2 * DAY)
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk, other.pk])
    pack_days(workspace_id=cast.acme.pk, now=NOON)
    assert FrictionDay.objects.count() == 2

    FrictionSignal.objects.filter(session=session).delete()
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk])

    assert [row.day for row in FrictionDay.objects.all()] == [(NOON - 2 * DAY).date()]
    session.delete()
    other.delete()
    assert not FrictionDay.objects.exists()
    assert read_period(cast.acme.pk, SINCE, UNTIL).hits["place"].tolist() == []


def test_the_day_that_runs_is_never_packed(cast: Cast) -> None:
    session = old_session(cast)
    struck(session, at=NOON)
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk])

    assert pack_days(workspace_id=cast.acme.pk, now=NOON + timedelta(minutes=5)) == 0
    assert pack_days(workspace_id=cast.globex.pk, now=NOON) == 0


def test_only_whole_hours_of_rates_and_exact_moments_of_hits_fall_into_a_period(cast: Cast) -> None:
    for minutes in (0, 29, 30, 59):
        session = old_session(cast)
        struck(session, at=NOON - DAY + timedelta(minutes=minutes))
        count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk])
    pack_days(workspace_id=cast.acme.pk, now=NOON)
    half = NOON - DAY + timedelta(minutes=30)

    packed = read_period(cast.acme.pk, half, datetime(2100, 1, 1, tzinfo=UTC))
    FrictionDay.objects.all().delete()
    plain = read_period(cast.acme.pk, half, UNTIL)

    assert len(packed.hits["at"]) == len(plain.hits["at"]) == 2
    assert len(packed.rates["hour"]) == len(plain.rates["hour"]) == 0

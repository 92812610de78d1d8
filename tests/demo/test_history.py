"""Two days of the past, played over the real road into the test database."""

from datetime import UTC, datetime, timedelta

from tests.cast import Cast
from tests.lessons import teach
from vcsm.accounts.models import Contact
from vcsm.audit.verify import verify_chains
from vcsm.demo.history.plan import AFTER, BEFORE, plan_day
from vcsm.demo.history.play import play_history
from vcsm.demo.northbank import NORTHBANK
from vcsm.escalation.explain import explain
from vcsm.escalation.models import Decision, Escalation
from vcsm.events.models import Batch, Event, Session
from vcsm.friction.models import FrictionSignal
from vcsm.problems.models import Rate

MONDAY = datetime(2026, 11, 2, 20, tzinfo=UTC)
PEOPLE = NORTHBANK.contact_ids()


def test_the_past_is_played_once(live_cast: Cast) -> None:
    acme = live_cast.acme
    teach(acme)
    for name in PEOPLE[1:10]:
        Contact.objects.create(workspace=acme, external_id=name, name=name.title())
    told: list[tuple[int, int]] = []

    visits = play_history(acme, now=MONDAY, tell=lambda *days: told.append(days), days=1)

    sessions = Session.objects.filter(workspace=acme)
    assert told == [(day, 2) for day in (1, 2)]
    assert sessions.count() == visits > 8
    assert not sessions.filter(started_at__gt=MONDAY).exists()
    batches = Batch.objects.filter(session__in=sessions)
    assert Event.objects.filter(workspace=acme).count() == sum(one.events for one in batches)
    assert not FrictionSignal.objects.filter(workspace=acme, reacted_revision=0).exists()
    decisions = Decision.objects.filter(workspace=acme)
    assert {"offer", "escalate"} <= set(decisions.values_list("action", flat=True))
    assert all(not explain(one).differs for one in decisions)
    assert not Escalation.objects.filter(
        workspace=acme, resolved_at=None, opened_at__lt=MONDAY - timedelta(days=1)
    ).exists()
    assert Rate.objects.filter(workspace=acme).exists()
    assert [chain.findings for chain in verify_chains(workspace=acme.slug)] == [()]

    again = MONDAY + timedelta(hours=1)
    assert play_history(acme, now=again, tell=lambda *days: None, days=1) == 0


def test_what_the_release_broke_hurts_nobody_before_it() -> None:
    day = MONDAY.date()
    after = list(plan_day(day, broke_on=day, contacts=PEOPLE))
    before = list(plan_day(day, broke_on=day + timedelta(days=1), contacts=PEOPLE))

    assert after == list(plan_day(day, broke_on=day, contacts=PEOPLE))
    assert {one.release for one in after} == {AFTER}
    assert {one.release for one in before} == {BEFORE}
    assert [one.began for one in after] == sorted(one.began for one in after)
    assert len({one.contact for one in after}) == len(after)
    assert {"furious", "silent"} & {one.temperament for one in after}
    assert not {"furious", "silent"} & {one.temperament for one in before}

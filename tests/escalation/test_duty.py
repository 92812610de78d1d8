"""Who is asked, deadlines that go to somebody else, and putting things off."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.accounts.models import Member
from vcsm.conversations.post import conversation_of
from vcsm.escalation.assign import refresh_presence
from vcsm.escalation.decide import Facts, TurnFact, decide
from vcsm.escalation.models import Escalation, Notice, Policy, Reroute
from vcsm.escalation.open import open_or_update
from vcsm.escalation.reroute import reroute_overdue
from vcsm.escalation.snooze import SnoozeRefused, snooze, wake_due
from vcsm.escalation.spending import read_spending
from vcsm.escalation.team import DutyRefused, DutySet, set_duty
from vcsm.escalation.work import take_over

ASKED = TurnFact(
    message=1, asks_for_person=True, outcome="none", answer_known=True, unanswered_before=0
)
HOUR = timedelta(hours=1)


def opened(cast: Cast, facts: Facts, now: datetime = NOON) -> Escalation:
    session = cast.session()
    return open_or_update(
        session=session,
        decision=decide(facts),
        signal=None,
        intent=None,
        conversation=conversation_of(session),
        summary="Stuck",
        now=now,
    )


def on_duty(member: Member, *, starts: int = 8, ends: int = 18, **more: object) -> None:
    fields: dict[str, object] = {"minutes_a_day": 100, "days": (), "zone": "UTC", **more}
    wanted = DutySet(starts=time(starts), ends=time(ends), **fields)  # type: ignore[arg-type]
    set_duty(member=member, wanted=wanted, by=member, now=NOON)


def test_it_works(cast: Cast) -> None:
    on_duty(cast.bob)
    on_duty(cast.alice, starts=14)
    escalation = opened(cast, Facts(struggle=0.95))
    assert escalation.owner == cast.bob  # Alice owns the account, and comes at two


def test_without_hours_the_account_owner_is_asked(cast: Cast) -> None:
    assert opened(cast, Facts(struggle=0.95)).owner == cast.alice


def test_nobody_on_duty(cast: Cast) -> None:
    on_duty(cast.alice, starts=20, ends=23)
    struggle = opened(cast, Facts(struggle=0.95))
    assert (struggle.owner, struggle.due_at) == (None, NOON + 8 * HOUR + HOUR)
    asked = opened(cast, Facts(turn=ASKED))
    assert asked.owner == cast.bob  # an admin, who leads
    assert Notice.objects.get().kind == "nobody_on_duty"
    on_duty(cast.bob)
    refresh_presence(now=NOON)
    assert Notice.objects.get().ended_at == NOON


def test_in_quiet_hours_a_deadline_waits_and_who_asks_does_not(cast: Cast) -> None:
    quiet = {"starts": "11:00", "ends": "15:00", "zone": "UTC"}
    Policy.objects.create(workspace=cast.acme, quiet=quiet)
    assert opened(cast, Facts(struggle=0.95)).due_at == NOON + 4 * HOUR
    assert opened(cast, Facts(turn=ASKED)).due_at == NOON + timedelta(minutes=15)


def test_the_minutes_of_who_is_there_are_the_budget(cast: Cast) -> None:
    on_duty(cast.alice, minutes_a_day=40)
    on_duty(cast.bob, minutes_a_day=30, away_until=datetime(2026, 7, 1, tzinfo=UTC))
    opened(cast, Facts(struggle=0.95))
    spending = read_spending(cast.acme.pk, minutes_a_day=None, minutes=10, now=NOON)
    assert spending and (spending.a_day, spending.spent) == (40, 10)
    assert read_spending(cast.globex.pk, minutes_a_day=None, minutes=10, now=NOON) is None


def test_a_deadline_that_passed_asks_somebody_else_and_never_lets_go(cast: Cast) -> None:
    on_duty(cast.alice)
    on_duty(cast.bob)
    escalation = opened(cast, Facts(struggle=0.95))
    assert escalation.owner == cast.alice
    late = NOON + 2 * HOUR
    assert reroute_overdue(now=late) == 1
    assert reroute_overdue(now=late) == 0  # twice in a row changes nothing
    escalation.refresh_from_db()
    assert (escalation.owner, escalation.state) == (cast.bob, "open")
    assert escalation.due_at > late
    reroute_overdue(now=escalation.due_at + timedelta(seconds=1))
    escalation.refresh_from_db()
    assert (escalation.owner, escalation.state) == (cast.alice, "open")
    whys = Reroute.objects.order_by("pk").values_list("was__name", "now__name", "why")
    assert list(whys) == [("Alice", "Bob", "overdue"), ("Bob", "Alice", "nobody_else")]


def test_what_somebody_has_taken_stays_theirs(cast: Cast) -> None:
    on_duty(cast.bob)
    escalation = opened(cast, Facts(struggle=0.95))
    take_over(escalation_id=escalation.pk, member_id=cast.alice.pk, now=NOON)
    assert reroute_overdue(now=NOON + 5 * HOUR) == 0


def put_off(escalation: Escalation, member: Member, **more: object) -> None:
    fields: dict[str, object] = {"until": NOON + HOUR, "reason": "They are at lunch.", **more}
    snooze(escalation_id=escalation.pk, member_id=member.pk, now=NOON, **fields)  # type: ignore[arg-type]


def test_put_off_it_is_out_of_sight_and_comes_back(cast: Cast) -> None:
    escalation = opened(cast, Facts(struggle=0.95))
    put_off(escalation, cast.alice, until=NOON + 3 * HOUR)
    escalation.refresh_from_db()
    assert escalation.snoozed_until == NOON + 3 * HOUR == escalation.due_at
    assert reroute_overdue(now=NOON + 2 * HOUR) == 0
    assert wake_due(now=NOON + 3 * HOUR) == 1
    escalation.refresh_from_db()
    assert escalation.snoozed_until is None
    row = escalation.snoozes.get()
    assert (row.member, row.reason, row.ended_by) == (cast.alice, "They are at lunch.", "time")


def test_more_evidence_ends_it(cast: Cast) -> None:
    escalation = opened(cast, Facts(struggle=0.91))
    put_off(escalation, cast.alice)
    open_or_update(
        session=escalation.session,
        decision=decide(Facts(turn=ASKED)),
        signal=None,
        intent=None,
        conversation=None,
        summary="Asks",
        now=NOON,
    )
    escalation.refresh_from_db()
    assert (escalation.snoozed_until, escalation.reason) == (None, "asked")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": "  "}, "Say why"),
        ({"until": NOON}, "within the next 14 days"),
        ({"until": NOON + timedelta(days=15)}, "within the next 14 days"),
    ],
)
def test_what_cannot_be_put_off(cast: Cast, more: dict[str, object], words: str) -> None:
    with pytest.raises(SnoozeRefused, match=words):
        put_off(opened(cast, Facts(struggle=0.95)), cast.alice, **more)


def test_who_waits_for_a_person_is_not_put_off(cast: Cast) -> None:
    with pytest.raises(SnoozeRefused, match="waiting for a person"):
        put_off(opened(cast, Facts(turn=ASKED)), cast.alice)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"zone": "Mars/Base"}, "no time zone"),
        ({"minutes_a_day": -1}, "between"),
        ({"days": (7,)}, "Monday"),
    ],
)
def test_hours_that_make_no_sense(cast: Cast, more: dict[str, object], words: str) -> None:
    with pytest.raises(DutyRefused, match=words):
        on_duty(cast.alice, **more)


def test_a_csm_sets_only_their_own(cast: Cast) -> None:
    wanted = DutySet(60, (), time(8), time(18), "UTC")
    set_duty(member=cast.alice, wanted=wanted, by=cast.bob, now=NOON)
    for member in (cast.bob, cast.charlie):
        with pytest.raises(DutyRefused):
            set_duty(member=member, wanted=wanted, by=cast.alice, now=NOON)

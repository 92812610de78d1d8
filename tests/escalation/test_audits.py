"""A random few of the silent sessions are looked at, from minutes that nobody else needs."""

from datetime import time, timedelta

import pytest

from tests.cast import NOON, Cast
from tests.escalation.silent import silent_audit, silent_session
from vcsm.audit.models import Entry
from vcsm.escalation.audits import (
    AlreadyAnswered,
    answer_audit,
    ask_audits,
    draw_audits,
    read_recall,
)
from vcsm.escalation.models import Escalation, Policy, SilenceAudit, Verdict
from vcsm.escalation.team import DutySet, set_duty
from vcsm.escalation.track import contributions_of

LATER = NOON + timedelta(hours=1)


def all_drawn(cast: Cast, number: int, share: float = 1.0, **policy: object) -> None:
    Policy.objects.create(workspace=cast.acme, silence_share=share, **policy)
    for _ in range(number):
        silent_session(cast)


def test_it_works(cast: Cast) -> None:
    all_drawn(cast, 3)
    assert draw_audits(now=LATER) == 3
    assert draw_audits(now=LATER) == 0
    assert ask_audits(now=LATER) == 3
    first = SilenceAudit.objects.order_by("pk")[0]
    assert (first.asked_of, first.probability) == (cast.alice, 1.0)
    answer_audit(audit_id=first.pk, member_id=cast.alice.pk, needed=True, now=LATER)
    assert Entry.objects.filter(workspace=cast.acme, kind="silence_audit").count() == 1
    assert contributions_of(cast.alice.pk, now=LATER).audits == 1
    assert contributions_of(cast.bob.pk, now=LATER).audits == 0


def test_about_its_share_is_drawn(cast: Cast) -> None:
    all_drawn(cast, 60, share=0.5)
    assert 11 <= draw_audits(now=LATER) <= 49  # a fair draw leaves it once in two million runs


def test_a_session_that_goes_on_or_called_somebody_is_not_silent(cast: Cast) -> None:
    all_drawn(cast, 0)
    silent_session(cast, at=LATER)
    called = silent_session(cast)
    Escalation.objects.create(
        workspace=cast.acme,
        contact=cast.vera,
        session=called,
        cause="x",
        score=1,
        opened_at=NOON,
        updated_at=NOON,
        due_at=NOON,
    )
    assert draw_audits(now=LATER) == 0


def test_no_unspent_minute_no_audit(cast: Cast) -> None:
    all_drawn(cast, 3, minutes_a_day=2)
    draw_audits(now=LATER)
    assert ask_audits(now=LATER) == 2
    assert ask_audits(now=LATER) == 0
    assert ask_audits(now=LATER + timedelta(days=1)) == 1


def test_nobody_there_nobody_asked(cast: Cast) -> None:
    all_drawn(cast, 1)
    wanted = DutySet(60, (), time(20), time(23), "UTC")
    set_duty(member=cast.alice, wanted=wanted, by=cast.alice, now=NOON)
    draw_audits(now=LATER)
    assert ask_audits(now=LATER) == 0


def test_the_second_answer_is_refused_and_charlie_sees_none(cast: Cast) -> None:
    audit = silent_audit(cast)
    answer_audit(audit_id=audit.pk, member_id=cast.alice.pk, needed=False, now=LATER)
    with pytest.raises(AlreadyAnswered):
        answer_audit(audit_id=audit.pk, member_id=cast.bob.pk, needed=True, now=LATER)
    with pytest.raises(SilenceAudit.DoesNotExist):
        answer_audit(audit_id=audit.pk, member_id=cast.charlie.pk, needed=True, now=LATER)


def test_recall_from_both_sides(cast: Cast) -> None:
    nothing = read_recall(cast.acme.pk, now=LATER).recall
    assert (nothing.estimate, nothing.low, nothing.high) == (None, 0.0, 1.0)
    all_drawn(cast, 20)
    for number in range(10):
        session = cast.session()
        escalation = Escalation.objects.create(
            workspace=cast.acme,
            contact=cast.vera,
            session=session,
            cause=str(number),
            score=1,
            state="resolved",
            verdict_asked=True,
            opened_at=NOON,
            updated_at=NOON,
            due_at=NOON,
        )
        Verdict.objects.create(
            escalation=escalation, member=cast.alice, done=True, false_alarm=number < 2, at=NOON
        )
    draw_audits(now=LATER)
    for place, audit in enumerate(SilenceAudit.objects.order_by("pk")):
        answer_audit(audit_id=audit.pk, member_id=cast.alice.pk, needed=place < 2, now=LATER)
    read = read_recall(cast.acme.pk, now=LATER)
    # All were judged: 8 of the 10 that were in need reached somebody, and nothing is uncertain.
    assert (read.recall.estimate, read.recall.low, read.recall.high) == (0.8, 0.8, 0.8)
    assert read_recall(cast.globex.pk, now=LATER).silent.total == 0

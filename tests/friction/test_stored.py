from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import (
    ReactedMeanwhile,
    baseline_of,
    note_reacted,
    signals_of,
    struggle_of,
    waiting_signals,
)


def seen(session: Session, *, key: str = "rage:b:1", **more: object) -> FrictionSignal:
    values = {
        "workspace_id": session.workspace_id,
        "contact_id": session.contact_id,
        "kind": "rage",
        "element": "b",
        "severity": 0.6,
        "count": 5,
        "started_at": NOON,
        "last_at": NOON,
    }
    return FrictionSignal.objects.create(session=session, key=key, **{**values, **more})


def test_it_works(cast: Cast) -> None:
    session = cast.session()
    seen(session)
    assert struggle_of(signals_of(session.id), at=NOON).score > 0.35


def test_a_retracted_signal_is_no_struggle(cast: Cast) -> None:
    session = cast.session()
    seen(session, retracted_at=NOON)
    assert struggle_of(signals_of(session.id), at=NOON).score == 0


def test_a_signal_waits_once_until_it_grows(cast: Cast) -> None:
    session = cast.session()
    signal = seen(session)
    waiting = waiting_signals(session.id)
    assert [one.pk for one in waiting] == [signal.pk]
    FrictionSignal.objects.filter(pk=signal.pk).update(revision=2, count=9)
    note_reacted(waiting)
    [grown] = waiting_signals(session.id)
    assert grown.count == 9
    note_reacted([grown])
    assert waiting_signals(session.id) == []


def test_two_cannot_react_to_the_same(cast: Cast) -> None:
    session = cast.session()
    seen(session)
    seen(session, key="rage:other")
    waiting = waiting_signals(session.id)
    note_reacted(waiting[:1])
    with pytest.raises(ReactedMeanwhile):
        note_reacted(waiting)


def test_who_always_clicks_hard_needs_more_to_count_as_struggling(cast: Cast) -> None:
    for day in range(1, 11):
        earlier = cast.session()
        Session.objects.filter(id=earlier.id).update(started_at=NOON - timedelta(days=day))
        for number in range(3):
            seen(earlier, key=f"rage:b:{number}", severity=0.9, element=f"b{number}")
    today = cast.session()
    seen(today)
    mine = baseline_of(today)
    assert mine.sessions == 10
    same = signals_of(today.id)
    assert struggle_of(same, at=NOON, baseline=mine).score < struggle_of(same, at=NOON).score


def test_a_first_visit_has_no_baseline_of_its_own(cast: Cast) -> None:
    assert baseline_of(cast.session()).sessions == 0

"""The effect of nudges, from the draw that withholds some."""

import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOON, Cast
from vcsm.conversations.models import Nudge, NudgeSettings
from vcsm.conversations.nudges import offer_nudge
from vcsm.friction.models import FrictionSignal
from vcsm.reports.nudge_effect import compare, measure_effect, wilson


def test_it_works(cast: Cast) -> None:
    NudgeSettings.objects.filter(workspace=cast.acme).update(withhold=0.5)
    withheld = []
    for number in range(12):
        session = cast.session()
        nudge = offer_nudge(
            session=session,
            cause=f"{number}",
            page="/pay",
            element="pay",
            title="t",
            text="x",
            source=None,
            now=NOON,
        )
        withheld.append(nudge.state == Nudge.State.WITHHELD)
        if withheld[-1]:  # without help they struggle on
            FrictionSignal.objects.create(
                workspace=cast.acme,
                session=session,
                contact=cast.vera,
                kind="dead",
                key="k",
                element="pay",
                page="/pay",
                severity=0.5,
                count=2,
                started_at=NOON,
                last_at=NOON + timedelta(minutes=1),
            )
    found = measure_effect(workspace_id=cast.acme.pk, since=NOON, until=NOON + timedelta(minutes=1))
    assert (found.withheld.nudges, found.withheld.went_on) == (sum(withheld), sum(withheld))
    assert (found.shown.nudges, found.shown.went_on) == (12 - sum(withheld), 0)
    assert found.difference == (-1.0 if 0 < sum(withheld) < 12 else None)
    other = measure_effect(
        workspace_id=cast.globex.pk, since=NOON, until=NOON + timedelta(minutes=1)
    )
    assert other.shown.nudges == other.withheld.nudges == 0


def test_the_interval_holds_what_it_says() -> None:
    chance = random.Random(7)
    held = 0
    for _ in range(400):
        rows = [(False, chance.random() < 0.3) for _ in range(300)]
        rows += [(True, chance.random() < 0.45) for _ in range(40)]
        found = compare(rows)
        assert found.low is not None and found.high is not None
        held += found.low <= -0.15 <= found.high
    assert held / 400 > 0.92


def test_nothing_shown_or_nothing_withheld_says_nothing() -> None:
    assert compare([]).difference is None
    assert compare([(False, True)]).difference is None
    assert compare([(True, True)]).low is None


@pytest.mark.parametrize(("hits", "of"), [(0, 1), (1, 1), (0, 50), (50, 50), (3, 7)])
def test_an_interval_holds_its_share_and_stays_a_share(hits: int, of: int) -> None:
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of <= high <= 1


@pytest.mark.parametrize("days", [-1, 0, 99_999_999])
def test_days_that_never_were_are_refused(cast: Cast, days: int) -> None:
    with pytest.raises(CommandError, match="between 1 and 3660"):
        call_command("nudge_effect", cast.acme.slug, days=days)

"""Which nudges are shown: by a draw that can be made again, and none to who has dismissed one."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOON, Cast
from vcsm.conversations.models import Nudge, NudgeSettings
from vcsm.conversations.nudges import answer_nudge, draw_of, offer_nudge, open_nudges
from vcsm.events.models import Session

Offer = Callable[..., Nudge]


@pytest.fixture
def offer(cast: Cast) -> Offer:
    def offer(session: Session, cause: str = "/pay button", minutes: int = 0) -> Nudge:
        return offer_nudge(
            session=session,
            cause=cause,
            page="/pay",
            element="button-1",
            title="Stuck?",
            text="Confirm the payee first.",
            source=None,
            now=NOON + timedelta(minutes=minutes),
        )

    return offer


def settle(cast: Cast, **wanted: object) -> None:
    NudgeSettings.objects.filter(workspace=cast.acme).update(**wanted)


def test_it_works(cast: Cast, offer: Offer) -> None:
    session = cast.session()
    with TestCase.captureOnCommitCallbacks() as told:
        nudge = offer(session)
        assert offer(session).pk == nudge.pk  # once per cause
    assert nudge.state == Nudge.State.OFFERED and len(told) == 1
    assert open_nudges(session) == [nudge]


def test_the_share_that_is_withheld_is_the_one_that_was_set(cast: Cast, offer: Offer) -> None:
    settle(cast, withhold=0.3)
    session = cast.session()
    with TestCase.captureOnCommitCallbacks() as told:
        nudges = [offer(session, cause=str(number)) for number in range(400)]
    withheld = [nudge for nudge in nudges if nudge.state == Nudge.State.WITHHELD]
    assert 80 < len(withheld) < 160  # a fair draw leaves this range once in a million runs
    assert len(told) == 400 - len(withheld)
    for nudge in nudges:
        assert nudge.withhold_chance == 0.3 and nudge.draw is not None
        assert (nudge.draw < 0.3) == (nudge.state == Nudge.State.WITHHELD)
        assert nudge.draw == draw_of(seed="", session_id=session.pk, cause=nudge.cause)
    assert not set(withheld) & set(open_nudges(session))


def test_a_workspace_without_settings_withholds_a_tenth(cast: Cast, offer: Offer) -> None:
    NudgeSettings.objects.filter(workspace=cast.acme).delete()
    assert offer(cast.session()).withhold_chance == 0.1


@pytest.mark.parametrize(("minutes", "state"), [(239, "quiet"), (241, "offered")])
def test_after_a_dismissal_there_is_quiet_in_every_browser(
    cast: Cast, offer: Offer, minutes: int, state: str
) -> None:
    first = cast.session()
    nudge = offer(first)
    answer_nudge(nudge_id=nudge.pk, browser_id=first.browser_id, state="dismissed", now=NOON)
    later = offer(cast.session(), cause="another", minutes=minutes)
    assert later.state == state
    assert (later.draw is None) == (state == "quiet")


def test_another_contacts_dismissal_quiets_nobody_else(cast: Cast, offer: Offer) -> None:
    theirs = cast.session()
    answer_nudge(
        nudge_id=offer(theirs).pk, browser_id=theirs.browser_id, state="dismissed", now=NOON
    )
    omar = cast.vera.__class__.objects.create(workspace=cast.acme, external_id="omar")
    assert offer(cast.session(omar)).state == Nudge.State.OFFERED


def test_what_was_withheld_cannot_be_answered(cast: Cast, offer: Offer) -> None:
    settle(cast, withhold=1)
    session = cast.session()
    nudge = offer(session)
    answer_nudge(nudge_id=nudge.pk, browser_id=session.browser_id, state="accepted", now=NOON)
    nudge.refresh_from_db()
    assert nudge.state == Nudge.State.WITHHELD


@given(st.text(), st.uuids(), st.text())
def test_a_draw_is_a_share_and_always_the_same(seed: str, session_id: UUID, cause: str) -> None:
    seed, cause = (text.encode("utf-8", "ignore").decode() for text in (seed, cause))
    draw = draw_of(seed=seed, session_id=session_id, cause=cause)
    assert 0 <= draw < 1
    assert draw == draw_of(seed=seed, session_id=session_id, cause=cause)

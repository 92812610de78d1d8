"""Each temperament's whole visit against the real server."""

import asyncio
import random

import pytest

from tests.cast import Cast
from tests.stack import Stack
from vcsm.demo.banking77 import read_utterances
from vcsm.demo.customers.browser import CustomerBrowser
from vcsm.demo.customers.run import Crowd, make_visit
from vcsm.demo.customers.temperaments import TEMPERAMENTS, Visit, plan_visit
from vcsm.demo.truth import VisitRecord
from vcsm.escalation.decide import OFFER_AT
from vcsm.events import kinds
from vcsm.events.models import Event
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import struggle_of
from widget.protocol import Identity

NOBODY = Identity(id="nobody")


def crowd_on(stack: Stack, cast: Cast) -> Crowd:
    return Crowd(
        address=stack.socket_url(cast.key.key),
        origin=stack.origin,
        identities=(NOBODY,),
        wants=read_utterances(),
        seed=7,
        speed=30,
    )


@pytest.fixture(scope="module")
def visits() -> dict[str, Visit]:
    return {name: plan_visit(name, seed="7", wants=read_utterances()) for name in TEMPERAMENTS}


async def play_all(crowd: Crowd, visits: dict[str, Visit]) -> dict[str, VisitRecord]:
    async def play(name: str) -> VisitRecord:
        identity = Identity(id=f"{name}-7", name=name.title())
        return await make_visit(
            visits[name], crowd=crowd, identity=identity, rng=random.Random(name)
        )

    records = await asyncio.gather(*(play(name) for name in visits))
    return dict(zip(visits, records, strict=True))


def test_every_temperament_is_understood(
    stack: Stack, live_cast: Cast, visits: dict[str, Visit]
) -> None:
    records = asyncio.run(play_all(crowd_on(stack, live_cast), visits))
    for name, record in records.items():
        assert record.refused == 0, name
        stored = Event.objects.filter(session_id=record.session).exclude(kind="question").count()
        sent = sum(len(step.events) for step in visits[name].steps)
        calm = not record.nudges.count("accepted")  # help that was taken ends the struggle
        assert stored == sent if calm else 0 < stored <= sent, name
        signals = FrictionSignal.objects.filter(session_id=record.session, retracted_at=None)
        truth = record.truth
        if not truth.stuck:
            struggle = struggle_of(list(signals), at=record.ended_at)
            assert struggle.score < OFFER_AT, name
        elif truth.element:
            assert signals.filter(page=truth.page, element=truth.element).exists(), name
        else:
            assert signals.filter(page=truth.page).exists(), name


async def drop_often(crowd: Crowd) -> tuple[str, int, int]:
    sent = 0
    async with CustomerBrowser(
        address=crowd.address, origin=crowd.origin, identity=NOBODY, page="/demo/"
    ) as browser:
        for number in range(40):
            await browser.send_events((kinds.Page(at=0, page=f"/demo/{number}"),))
            sent += 1
            if number % 7 == 3:
                browser.drop()
            await asyncio.sleep(0.02)
        assert await browser.settle(within=20)
        return browser.session, sent, len(browser.refused)


def test_broken_connections_lose_nothing(stack: Stack, live_cast: Cast) -> None:
    session, sent, refused = asyncio.run(drop_often(crowd_on(stack, live_cast)))
    pages = Event.objects.filter(session_id=session).order_by("sequence").values_list("page")
    assert [page for (page,) in pages] == [f"/demo/{number}" for number in range(sent)]
    assert refused == 0

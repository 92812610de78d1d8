"""Keeps a number of simulated customers going and reports the truth of each finished visit."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from vcsm.demo.customers.browser import CustomerBrowser
from vcsm.demo.customers.temperaments import Visit, choose_temperament, plan_visit
from vcsm.demo.truth import VisitRecord
from widget.protocol import Identity

SETTLE_SECONDS = 30.0
BETWEEN_VISITS = (5.0, 25.0)


@dataclass(frozen=True)
class Crowd:
    """Who uses the bank, and how fast."""

    address: str
    """The widget's socket, key included."""
    origin: str
    identities: tuple[Identity, ...]
    wants: dict[str, tuple[str, ...]]
    seed: int
    speed: float = 1.0


Report = Callable[[VisitRecord], None]


async def run_customers(crowd: Crowd, *, at_once: int, report: Report) -> None:
    """Runs until cancelled, with `at_once` customers at a time.

    Visit n is the same for the same seed, whichever customer is free to make it.
    """
    numbers = count()
    free: asyncio.Queue[Identity] = asyncio.Queue()
    for identity in random.Random(crowd.seed).sample(crowd.identities, len(crowd.identities)):
        free.put_nowait(identity)
    async with asyncio.TaskGroup() as group:
        for place in range(at_once):
            group.create_task(_one_place(crowd, place, numbers=numbers, free=free, report=report))


async def _one_place(
    crowd: Crowd,
    place: int,
    *,
    numbers: "count[int]",
    free: "asyncio.Queue[Identity]",
    report: Report,
) -> None:
    """Plays one of the simultaneous customers: visit after visit, by new people."""
    await asyncio.sleep(place * 0.7 / crowd.speed)
    while True:
        number = next(numbers)
        rng = random.Random(f"{crowd.seed} {number}")
        visit = plan_visit(
            choose_temperament(rng), seed=f"{crowd.seed} {number}", wants=crowd.wants
        )
        identity = await free.get()
        report(await make_visit(visit, crowd=crowd, identity=identity, rng=rng))
        free.put_nowait(identity)
        await asyncio.sleep(rng.uniform(*BETWEEN_VISITS) / crowd.speed)


async def make_visit(
    visit: Visit, *, crowd: Crowd, identity: Identity, rng: random.Random
) -> VisitRecord:
    """Plays one visit to its end, help and lost connections included."""
    started_at = datetime.now(UTC)
    answers: list[str] = []
    async with CustomerBrowser(
        address=crowd.address, origin=crowd.origin, identity=identity, page="/demo/"
    ) as browser:
        said = await _play(visit, browser, speed=crowd.speed, rng=rng, answers=answers)
        await browser.settle(within=SETTLE_SECONDS)
        return VisitRecord(
            session=browser.session,
            contact=identity.id,
            started_at=started_at,
            ended_at=datetime.now(UTC),
            truth=visit.truth,
            said=tuple(said),
            nudges=tuple(answers),
            refused=len(browser.refused),
        )


async def _play(
    visit: Visit,
    browser: CustomerBrowser,
    *,
    speed: float,
    rng: random.Random,
    answers: list[str],
) -> list[str]:
    said: list[str] = []
    for step in visit.steps:
        if step.struggle and "accepted" in answers:
            continue
        # Only pauses are shortened: fast clicks stay as fast as they were.
        await asyncio.sleep(step.after / speed if step.pause else step.after)
        while not browser.nudges.empty():
            answers.append(await _answer(browser, accepts=visit.accepts, rng=rng))
        if step.events:
            await browser.send_events(step.events)
        if step.say:
            said.append(step.say)
            await browser.say(step.say)
        if step.drop:
            browser.drop()
    return said


async def _answer(browser: CustomerBrowser, *, accepts: float, rng: random.Random) -> str:
    nudge = browser.nudges.get_nowait()
    await browser.answer_nudge(nudge, "shown")
    drawn = rng.random()
    if drawn < accepts:
        await browser.answer_nudge(nudge, "accepted")
        return "accepted"
    if drawn < accepts + (1 - accepts) * 2 / 3:
        await browser.answer_nudge(nudge, "dismissed")
        return "dismissed"
    return "ignored"

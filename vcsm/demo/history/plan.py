"""Plans who visited when. Pure: the same for the same day."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from vcsm.demo.customers.temperaments import choose_temperament

WORKDAY_VISITS, WEEKEND_VISITS = (13, 20), (3, 7)
"""Fewest and most visits of a day."""
OPENS, CLOSES = 7, 19
"""Hours (UTC) in which the bank's customers are at work."""
BEFORE, AFTER = "2026.10", "2026.11"
"""Releases; the later one broke *Export*."""
ON_EXPORT = ("furious", "silent")
"""Temperaments that get stuck on what the release broke; before it they make calm visits."""


@dataclass(frozen=True)
class PastVisit:
    began: datetime
    contact: str
    temperament: str
    release: str
    seed: str


def plan_day(day: date, *, broke_on: date, contacts: Sequence[str]) -> Iterator[PastVisit]:
    """Yields the day's visits, earliest first; nobody comes twice on one day."""
    rng = random.Random(f"history {day}")
    least, most = WEEKEND_VISITS if day.weekday() >= 5 else WORKDAY_VISITS
    people = rng.sample(contacts, k=min(rng.randint(least, most), len(contacts)))
    opened = datetime.combine(day, time(OPENS), UTC)
    minutes = sorted(rng.uniform(0, (CLOSES - OPENS) * 60) for _ in people)
    for minute, contact in zip(minutes, people, strict=True):
        temperament = choose_temperament(rng)
        if temperament in ON_EXPORT and day < broke_on:
            temperament = "calm"
        yield PastVisit(
            began=opened + timedelta(minutes=minute),
            contact=contact,
            temperament=temperament,
            release=AFTER if day >= broke_on else BEFORE,
            seed=f"history {day} {contact}",
        )

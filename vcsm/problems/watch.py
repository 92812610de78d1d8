"""Runs the detection over a workspace's rates, every minute, up to the last closed step."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from vcsm.problems import watch_data
from vcsm.problems.baseline import bad_day_factor, hour_of
from vcsm.problems.blind import find_blind
from vcsm.problems.detect import (
    EXPOSED_STEPS,
    HOUR_STEPS,
    accumulate,
    expect_releases,
    raise_alarms,
    starting_weight,
)
from vcsm.problems.incidents import JOINS, strongest_of_page
from vcsm.problems.learn import EPOCH_WEEKDAY_HOURS, learn
from vcsm.problems.models import Place, Release, WatchState
from vcsm.problems.outbreaks import Alarm, explained, known_pages, note_alarm
from vcsm.problems.scope import SAME_TIME_STEPS, cap_hits, everywhere_lift, fleet_lift
from vcsm.problems.watch_state import Memory, pack, unpack

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Q = 0.1
"""Expected share, at most, of false problems among those raised in a period."""
GRACE = timedelta(seconds=60)
"""How long after its end a step is looked at, so that stragglers are in: never a partial bucket."""
MOST_STEPS = 24 * HOUR_STEPS
"""A day. After a longer pause of the detection, earlier steps are not looked at."""
FLEET_EVERY = HOUR_STEPS // 2
FLEET_PAGES = 10
BLIND_STEPS = 2 * HOUR_STEPS
"""Two hours: pages that nobody saw for so long are checked for being blind."""


@transaction.atomic
def look(*, workspace_id: int, now: datetime) -> int:
    """Looks at every step that has closed since the last look; returns how many there were."""
    until = watch_data.step_of(now - GRACE)
    WatchState.objects.get_or_create(
        pk=workspace_id, defaults={"state": b"", "looked_to": watch_data.moment_of(until)}
    )
    row = WatchState.objects.select_for_update().get(pk=workspace_id)
    since = max(watch_data.step_of(row.looked_to), until - MOST_STEPS)
    if until <= since and row.state:
        return 0
    memory = unpack(bytes(row.state))
    if memory.learnt_day != int(now.timestamp() // 86400):
        memory = learn(memory, workspace_id=workspace_id, now=now)
    if len(memory.places):
        _Look(workspace_id, memory, since, until).run()
        row.blind = _blind(workspace_id, memory, until)
    row.state, row.looked_to = pack(memory), watch_data.moment_of(until)
    row.save()
    return until - since


class _Look:
    def __init__(self, workspace_id: int, memory: Memory, since: int, until: int) -> None:
        self.workspace_id, self.memory = workspace_id, memory
        self.since, self.until = since, until
        self.column = {int(place): number for number, place in enumerate(memory.places)}
        self.page = {int(place): number for number, place in enumerate(memory.pages)}
        begin = since - HOUR_STEPS
        self.begin = begin
        steps = until - begin
        self.hits = np.zeros((steps, len(memory.places)))
        own, of_pages = watch_data.read_hits(workspace_id, begin, until)
        for step, place, _ in (*own.tolist(), *of_pages.tolist()):
            if place in self.column:
                self.hits[step - begin, self.column[place]] += 1
        seen = np.zeros((steps, len(memory.pages)))
        for step, place, sessions in watch_data.read_seen(workspace_id, begin, until).tolist():
            if place in self.page:
                seen[step - begin, self.page[place]] = sessions
        self.seen_so_far = np.vstack([np.zeros(len(memory.pages)), seen.cumsum(axis=0)])
        self.releases = [
            watch_data.step_of(one)
            for one in Release.objects.filter(
                workspace_id=workspace_id,
                first_at__gte=watch_data.moment_of(memory.period),
                first_at__lt=watch_data.moment_of(until),
            )
            .exclude(name="")
            .order_by("first_at")
            .values_list("first_at", flat=True)
        ]
        began = watch_data.moment_of(memory.period)
        before = Release.objects.filter(
            workspace_id=workspace_id,
            first_at__gte=began - timedelta(days=watch_data.HISTORY_DAYS),
            first_at__lt=began,
        )
        self.expected = expect_releases(
            before.exclude(name="").count(), days=watch_data.HISTORY_DAYS
        )
        week = memory.usual_seen.sum(axis=1)
        self.part = week / max(week.sum(), 1e-9)
        self.muted = explained(workspace_id)
        self.known = known_pages(workspace_id)

    def run(self) -> None:
        for step in range(self.since, self.until):
            self._advance(step)

    def _advance(self, step: int) -> None:
        memory, at = self.memory, step - self.begin
        hour = int((step // HOUR_STEPS + EPOCH_WEEKDAY_HOURS) % 168)
        factor = memory.by_hour[int(hour_of(hour * 60))]
        seen = (self.seen_so_far[at + 1] - self.seen_so_far[at + 1 - EXPOSED_STEPS]) / EXPOSED_STEPS
        accumulate(
            memory.evidence,
            hits=self.hits[at],
            usual=(seen * factor)[memory.page] * memory.usual.rate * memory.lift,
            shape=memory.usual.shape,
            starting=self._weight(step),
            step=step,
        )
        if step % FLEET_EVERY == 0:
            self._watch_fleet(step, factor)
        muted = [self.column[place] for place in self.muted if place in self.column]
        memory.evidence.clear(np.array(muted, dtype=np.int64))
        self._raise(step)

    def _weight(self, step: int) -> float:
        """Returns a start's weight at this step; a period has each hour of the week six times."""
        hour = int((step // HOUR_STEPS + EPOCH_WEEKDAY_HOURS) % 168)
        recent = [one for one in self.releases if one <= step]
        return starting_weight(
            float(self.part[hour]) / (6 * HOUR_STEPS),
            releases=len(recent),
            expected=self.expected,
            since_release=step - recent[-1] if recent else None,
        )

    def _watch_fleet(self, step: int, factor: Floats) -> None:
        memory, at = self.memory, step - self.begin
        pages = len(memory.pages)
        rate = memory.usual.rate[-pages:]

        def lately(steps: int) -> tuple[Floats, Floats]:
            seen = self.seen_so_far[at] - self.seen_so_far[at - steps]
            return self.hits[at - steps : at, -pages:].sum(axis=0), seen * rate * factor

        hits, usual = lately(FLEET_EVERY)
        # A page that was a problem by itself before this says nothing about the fleet.
        known = [
            self.page[page]
            for page, onset in self.known
            if page in self.page and step - onset > SAME_TIME_STEPS
        ]
        hits[known] = usual[known] = 0.0
        accumulate(
            memory.fleet,
            hits=np.array([np.floor(cap_hits(hits, usual).sum())]),
            usual=np.array([usual.sum()]),
            shape=np.array([1 / memory.usual.fleet_spread]),
            starting=sum(self._weight(one) for one in range(step + 1 - FLEET_EVERY, step + 1)),
            step=step,
            steps=FLEET_EVERY,
        )
        if None in self.muted:
            memory.fleet.clear(np.array([0]))
        memory.lift = max(
            1.0, fleet_lift(*lately(HOUR_STEPS)) / bad_day_factor(memory.usual.fleet_spread)
        )
        if None in self.muted:
            memory.lift = max(memory.lift, everywhere_lift(*lately(HOUR_STEPS)))

    def _raise(self, step: int) -> None:
        memory = self.memory
        total = np.append(memory.evidence.total, memory.fleet.total)
        groups = np.append(memory.page, -1)
        sure = raise_alarms(total, memory.share, q=Q, raised=memory.raised, groups=groups)
        for stream in sure.tolist():
            element = strongest_of_page(
                stream, total, memory.page, elements=len(memory.places) - len(memory.pages)
            )
            # An element tells more than the page it stands on, so it is raised first.
            if element is not None and int(memory.places[element]) not in self.muted:
                memory.raised += note_alarm(self._alarm(element, step), alone=True)
                self._mute(element)
            if stream == len(memory.places) or int(memory.places[stream]) not in self.muted:
                memory.raised += note_alarm(self._alarm(stream, step), alone=True)
                self._mute(stream)
        struck = np.flatnonzero(self.hits[step - self.begin])
        for stream in struck[total[struck] >= JOINS].tolist():
            if stream not in sure and memory.evidence.total[stream] >= JOINS:
                before = len(self.muted)
                note_alarm(self._alarm(stream, step), alone=False)
                self.muted = explained(self.workspace_id)
                if len(self.muted) > before:
                    self._mute(stream)

    def _mute(self, stream: int) -> None:
        memory = self.memory
        if stream == len(memory.places):
            memory.fleet.clear(np.array([0]))
            self.muted = self.muted | {None}
        else:
            memory.evidence.clear(np.array([stream]))
            self.muted = self.muted | {int(memory.places[stream])}

    def _alarm(self, stream: int, step: int) -> Alarm:
        memory = self.memory
        if stream == len(memory.places):
            onset = memory.fleet.onset_of(0) - FLEET_EVERY
            return Alarm(self.workspace_id, None, onset, step, 0.0, 0.0, self._busiest())
        usual = float(memory.usual.rate[stream])
        return Alarm(
            self.workspace_id,
            int(memory.places[stream]),
            memory.evidence.onset_of(stream),
            step,
            usual,
            usual * memory.evidence.lift_of(stream),
        )

    def _busiest(self) -> tuple[tuple[int, float, float], ...]:
        memory, pages = self.memory, len(self.memory.pages)
        rate, lift = memory.usual.rate[-pages:], memory.fleet.lift_of(0)
        order = np.argsort(-memory.usual_seen.sum(axis=0) * rate, kind="stable")[:FLEET_PAGES]
        return tuple(
            (int(memory.pages[one]), float(rate[one]), float(rate[one] * lift)) for one in order
        )


def _blind(workspace_id: int, memory: Memory, until: int) -> list[dict[str, object]]:
    """Returns the pages nobody saw for two hours although many should have, as in `WatchState`."""
    seen = np.zeros(len(memory.pages))
    number = {int(page): index for index, page in enumerate(memory.pages)}
    rows = watch_data.read_seen(workspace_id, until - BLIND_STEPS, until).tolist()
    for _, page, sessions in rows:
        if page in number:
            seen[number[page]] += sessions
    hours = range((until - BLIND_STEPS) // HOUR_STEPS, until // HOUR_STEPS)
    usual = _sum(memory.usual_seen[(hour + EPOCH_WEEKDAY_HOURS) % 168] for hour in hours)
    blind: list[int] = np.flatnonzero(find_blind(seen, usual)).tolist()
    names = dict(
        Place.objects.filter(pk__in=[int(memory.pages[one]) for one in blind]).values_list(
            "pk", "page"
        )
    )
    since = watch_data.moment_of(until - BLIND_STEPS).isoformat()
    return [
        {
            "page": names.get(int(memory.pages[one]), ""),
            "since": since,
            "usual": round(float(usual[one]), 1),
        }
        for one in blind
    ]


def _sum(parts: Iterable[Floats]) -> Floats:
    return np.asarray(sum(parts, start=np.zeros(1)))

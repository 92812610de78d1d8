"""The product's own detection over one world: it sees hits and sessions, never what was planted."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from vcsm.benchmark.problem_hits import distinct_hits, hits_by_stream, with_pages
from vcsm.benchmark.problem_worlds import STEPS_A_DAY, STEPS_AN_HOUR, World
from vcsm.problems.baseline import (
    HOURS,
    STRETCH_HOURS,
    Baseline,
    bad_day_factor,
    hour_of,
    learn_baseline,
    learn_hours,
)
from vcsm.problems.detect import (
    EXPOSED_STEPS,
    FLEET_LIFTS,
    STEP_MINUTES,
    Evidence,
    accumulate,
    expect_releases,
    lifts_of,
    raise_alarms,
    share_out,
    starting_weight,
)
from vcsm.problems.incidents import (
    JOINS,
    Incident,
    merge_related,
    set_apart,
    sort_in,
    still_open,
    strongest_of_page,
)
from vcsm.problems.recover import Recovery, judge_recovery
from vcsm.problems.scope import (
    FLEET,
    SAME_TIME_STEPS,
    Outbreak,
    cap_hits,
    everywhere_lift,
    fleet_lift,
    stands_out,
    sure_lift,
    tell_scope,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STRETCH_STEPS = STRETCH_HOURS * STEPS_AN_HOUR
JUDGED_EVERY = STEPS_AN_HOUR // 2
AGE_STEPS = 6 * STEPS_AN_HOUR
FLEET_EVERY = STEPS_AN_HOUR // 2


@dataclass
class Play:
    """One run of the detection. The world's streams are followed by its pages, each with whatever
    happens on it, and last by the fleet as a whole."""

    world: World
    q: float
    start: int
    incidents: list[Incident] = field(default_factory=list)

    def run(self) -> list[Incident]:
        self._prepare()
        for step in range(self.start, self.world.steps):
            if step % STEPS_A_DAY == 0 or step == self.start:
                self._learn(step)
            self._advance(step)
        return self.incidents

    def _prepare(self) -> None:
        world = self.world
        elements, pages = len(world.streams.page), world.seen.shape[1]
        self.elements = elements
        self.number = elements + pages
        self.page = np.append(world.streams.page, np.arange(pages))
        self.name = np.append(world.streams.name, np.full(pages, -1))
        self.element = np.append(world.streams.element, np.full(pages, -1))
        self.evidence = Evidence.of_streams(np.zeros(self.number))
        self.fleet = Evidence.empty(FLEET_LIFTS)
        self.groups = np.append(self.page, -1)
        columns = with_pages(world)
        self.hits = distinct_hits(*columns)
        # The fleet as a whole is counted once, by what happens on pages.
        of_pages = self.hits[1] >= elements
        self.page_hits = (self.hits[0][of_pages], self.hits[1][of_pages] - elements)
        self.by_step = np.searchsorted(self.hits[0], np.arange(world.steps + 1))
        self.page_by_step = np.searchsorted(self.page_hits[0], np.arange(world.steps + 1))
        self.by_stream = hits_by_stream(*columns, number=self.number)
        self.seen_so_far = np.vstack([np.zeros(world.seen.shape[1]), world.seen.cumsum(axis=0)])
        learned = self.seen_so_far[self.start]
        come_by = np.append(learned[self.page], learned.mean())
        self.share = share_out(come_by, first=self.number + 1)
        self.hours = hour_of(np.arange(world.steps) * STEP_MINUTES)
        by_hour = np.bincount(
            self.hours[: self.start], world.seen[: self.start].sum(axis=1), minlength=HOURS
        )
        self.part = by_hour[self.hours] / by_hour[self.hours[self.start :]].sum()
        self._cut_into_stretches()
        before = sum(1 for one in world.releases if one < self.start)
        self.expected = expect_releases(before, days=self.start / STEPS_A_DAY)
        counts = np.bincount(world.hit_account[world.hit_step < self.start])
        self.account_shares = dict(enumerate(counts / max(counts.sum(), 1)))
        self.alarmed: dict[int, tuple[Incident, Recovery, int]] = {}
        self.lift = 1.0

    def _cut_into_stretches(self) -> None:
        world = self.world
        number = -(-world.steps // STRETCH_STEPS)
        self.kept = np.ones((number, self.number))
        self.counted = np.zeros((number, self.number))
        np.add.at(self.counted, (self.hits[0] // STRETCH_STEPS, self.hits[1]), 1)
        hourly = np.zeros((world.steps // STEPS_AN_HOUR, world.seen.shape[1]))
        np.add.at(hourly, (self.page_hits[0] // STEPS_AN_HOUR, self.page_hits[1]), 1)
        self.hourly_hits = hourly
        self.hourly_seen = world.seen.reshape(-1, STEPS_AN_HOUR, hourly.shape[1]).sum(axis=1)
        self.hour_of_week = hour_of(np.arange(len(hourly)) * 60)

    def _learn(self, step: int) -> None:
        """Learns what is usual anew each day, from what came before it."""
        hours = step // STEPS_AN_HOUR
        shape = (HOURS, self.hourly_seen.shape[1])
        hits, seen = np.zeros(shape), np.zeros(shape)
        np.add.at(hits, self.hour_of_week[:hours], self.hourly_hits[:hours])
        np.add.at(seen, self.hour_of_week[:hours], self.hourly_seen[:hours])
        self.by_hour = learn_hours(hits, seen)
        weighted = self.hourly_seen[:hours] * self.by_hour[self.hour_of_week[:hours]]
        stretches = weighted.reshape(-1, STRETCH_HOURS, shape[1]).sum(axis=1)
        number = len(stretches)
        self.usual: Baseline = learn_baseline(
            self.counted[:number], stretches[:, self.page], kept=self.kept[:number]
        )
        self.evidence.lifts = lifts_of(self.usual.rate)
        self.bad_day = bad_day_factor(self.usual.fleet_spread)

    def _advance(self, step: int) -> None:
        seen = (self.seen_so_far[step + 1] - self.seen_so_far[step + 1 - EXPOSED_STEPS]) / (
            EXPOSED_STEPS
        )
        shown = (seen * self.by_hour[self.hours[step]])[self.page]
        struck = self.hits[1][self.by_step[step] : self.by_step[step + 1]]
        hits = np.bincount(struck, minlength=self.number).astype(np.float64)
        accumulate(
            self.evidence,
            hits=hits,
            usual=shown * self.usual.rate * self.lift,
            shape=self.usual.shape,
            starting=self._weight(step),
            step=step,
        )
        if step % FLEET_EVERY == 0:
            self._watch_fleet(step)
        if self.alarmed:
            alarmed = np.fromiter(self.alarmed, dtype=np.int64)
            self.evidence.clear(alarmed[alarmed < self.number])
        self._raise(step, np.flatnonzero(hits))
        if step % JUDGED_EVERY == 0:
            self._judge(step)

    def _weight(self, step: int) -> float:
        recent = [one for one in self.world.releases if self.start <= one <= step]
        return starting_weight(
            float(self.part[step]),
            releases=len(recent),
            expected=self.expected,
            since_release=step - recent[-1] if recent else None,
        )

    def _watch_fleet(self, step: int) -> None:
        hits, usual = self._by_page(step - FLEET_EVERY, step)
        # A page that was a problem by itself before this says nothing about the fleet.
        known = [
            self.page[stream]
            for stream, (incident, _, _) in self.alarmed.items()
            if stream < self.number and step - incident.outbreaks[stream].onset > SAME_TIME_STEPS
        ]
        hits[known] = usual[known] = 0.0
        accumulate(
            self.fleet,
            hits=np.array([cap_hits(hits, usual).sum()]),
            usual=np.array([usual.sum()]),
            shape=np.array([1 / self.usual.fleet_spread]),
            starting=sum(self._weight(one) for one in range(step + 1 - FLEET_EVERY, step + 1)),
            step=step,
            steps=FLEET_EVERY,
        )
        if self.number in self.alarmed:
            self.fleet.value[:] = 0

    def _raise(self, step: int, struck: Ints) -> None:
        total = np.append(self.evidence.total, self.fleet.total)
        raised = sum(1 for one in self.incidents if one.merged_into is None)
        for stream in raise_alarms(total, self.share, q=self.q, raised=raised, groups=self.groups):
            if stream in self.alarmed:
                continue
            element = strongest_of_page(int(stream), total, self.page, elements=self.elements)
            if element is not None and element not in self.alarmed:
                self._alarm(element, step)
            self._alarm(int(stream), step)
        for stream in struck[total[struck] >= JOINS]:
            if stream in self.alarmed:
                continue
            outbreak = self._outbreak(int(stream), step)
            if any(one.explains(outbreak, now=step) for one in still_open(self.incidents)):
                self._alarm(int(stream), step)

    def _alarm(self, stream: int, step: int) -> None:
        outbreak = self._outbreak(stream, step)
        if outbreak.scope == FLEET:
            for one in still_open(self.incidents):  # as they are now, not when noticed
                one.outbreaks = {
                    known: self._by_now(known, part, step) for known, part in one.outbreaks.items()
                }
        incident = sort_in(self.incidents, stream, outbreak, now=step, number=len(self.incidents))
        usual, bad = self._rates(stream, outbreak.onset, step)
        self.alarmed[stream] = (incident, Recovery(usual, bad), step)
        which = self.fleet if stream == self.number else self.evidence
        which.clear(np.array([0 if stream == self.number else stream]))

    def _outbreak(self, stream: int, step: int) -> Outbreak:
        if stream == self.number:
            return Outbreak("", "", "", FLEET, None, self.fleet.onset_of(0) - FLEET_EVERY, step)
        onset = self.evidence.onset_of(stream)
        steps, sessions, accounts = self.by_stream[stream]
        since = slice(np.searchsorted(steps, onset), np.searchsorted(steps, step + 1))
        usual = self._seen(stream, onset, step + 1) * float(self.usual.rate[stream])
        scope, account = tell_scope(
            [int(one) for one in accounts[since]], usual=usual, shares=self.account_shares
        )
        return Outbreak(
            page=str(self.page[stream]),
            element=str(self.element[stream]) if self.element[stream] >= 0 else "",
            name=str(self.name[stream]) if self.name[stream] >= 0 else "",
            scope=scope,
            account=account,
            onset=onset,
            at=step,
            sessions=frozenset(int(one) for one in sessions[since]),
            lift=sure_lift(len(accounts[since]), usual),
        )

    def _by_now(self, stream: int, known: Outbreak, step: int) -> Outbreak:
        """Returns the outbreak with what has been hit since it was noticed."""
        if known.scope == FLEET:
            return known
        steps, sessions, _ = self.by_stream[stream]
        since = slice(np.searchsorted(steps, known.onset), np.searchsorted(steps, step + 1))
        usual = self._seen(stream, known.onset, step + 1) * float(self.usual.rate[stream])
        return replace(
            known,
            sessions=frozenset(int(one) for one in sessions[since]),
            lift=sure_lift(len(sessions[since]), usual),
        )

    def _seen(self, stream: int, since: int, until: int) -> float:
        if stream == self.number:
            spans = self.seen_so_far[until] - self.seen_so_far[since]
            return float(spans.sum())
        page = self.page[stream]
        return float(self.seen_so_far[until, page] - self.seen_so_far[since, page])

    def _count(self, stream: int, since: int, until: int) -> int:
        if stream == self.number:
            return int(self.page_by_step[until] - self.page_by_step[since])
        steps = self.by_stream[stream][0]
        return int(np.searchsorted(steps, until) - np.searchsorted(steps, since))

    def _rates(self, stream: int, onset: int, step: int) -> tuple[float, float]:
        """Returns usual and present hits per session that saw it."""
        spans = self.seen_so_far[step + 1] - self.seen_so_far[onset]
        if stream == self.number:
            seen = max(float(spans.sum()), 1.0)
            rates = self.usual.rate[-len(spans) :]
            usual, lift = float(spans @ rates) / seen, self.fleet.lift_of(0)
        else:
            seen = max(float(spans[self.page[stream]]), 1.0)
            usual, lift = float(self.usual.rate[stream]), self.evidence.lift_of(stream)
        return usual, max(self._count(stream, onset, step + 1) / seen, usual * lift)

    def _judge(self, step: int) -> None:
        """Decides which streams are as usual again, and which problems have ended by that."""
        for stream, (incident, recovery, since) in list(self.alarmed.items()):
            state = judge_recovery(
                recovery,
                hits=self._count(stream, since, step),
                seen=self._seen(stream, since, step),
                minutes=(step - since) * STEP_MINUTES,
            )
            self.alarmed[stream] = (incident, state, step)
            # What a problem did must not become usual; a fleet-wide one concerns all streams.
            which = stream if stream < self.number else slice(None)
            self.kept[step // STRETCH_STEPS, which] = 0
            if state.verified:
                del self.alarmed[stream]
        self._look_again(step)
        lasting = {id(incident) for incident, _, _ in self.alarmed.values()}
        for incident in still_open(self.incidents):
            if id(incident) not in lasting:
                incident.ended = step
        if step % STEPS_AN_HOUR == 0 or self.number in self.alarmed:
            self._lift(step)

    def _look_again(self, step: int) -> None:
        """Decides again whose a young problem is, now that more have been hit."""
        changed = False
        for incident in still_open(self.incidents):
            if step - incident.opened > AGE_STEPS:
                continue
            if incident.scope == FLEET:
                self._set_apart(incident, step)
                continue
            accounts: list[int] = []
            usual = 0.0
            for stream, outbreak in incident.telling():
                if stream == self.number:
                    continue
                steps, _, who = self.by_stream[stream]
                since = slice(np.searchsorted(steps, outbreak.onset), np.searchsorted(steps, step))
                accounts += [int(one) for one in who[since]]
                usual += self._seen(stream, outbreak.onset, step) * float(self.usual.rate[stream])
            scope, account = tell_scope(accounts, usual=usual, shares=self.account_shares)
            if (scope, account) != (incident.scope, incident.account):
                incident.change_scope(scope, account)
                changed = True
        if changed:
            merge_related(self.incidents)

    def _set_apart(self, fleet: Incident, step: int) -> None:
        everywhere = everywhere_lift(*self._by_page(fleet.outbreaks[self.number].onset, step))
        # Controls come before the pages around them.
        for stream, known in sorted(fleet.outbreaks.items()):
            if stream == self.number or stream not in fleet.outbreaks:
                continue
            hits = self._count(stream, known.onset, step)
            usual = self._seen(stream, known.onset, step) * float(self.usual.rate[stream])
            if not stands_out(hits, usual, everywhere=everywhere):
                continue
            own = replace(known, lift=float("inf"))  # surely more than the fleet explains
            incident = set_apart(self.incidents, fleet, stream, own, now=step)
            for one in incident.outbreaks:
                if one in self.alarmed:
                    _, recovery, since = self.alarmed[one]
                    self.alarmed[one] = (incident, recovery, since)

    def _lift(self, step: int) -> None:
        lately = self._by_page(step - STEPS_AN_HOUR, step)
        self.lift = max(1.0, fleet_lift(*lately) / self.bad_day)
        if self.number in self.alarmed:
            self.lift = max(self.lift, everywhere_lift(*lately))

    def _by_page(self, since: int, until: int) -> tuple[Floats, Floats]:
        """Returns hits per page over some steps, and how many are usual."""
        size = self.world.seen.shape[1]
        struck = self.page_hits[1][self.page_by_step[since] : self.page_by_step[until]]
        hits = np.bincount(struck, minlength=size).astype(np.float64)
        seen = self.seen_so_far[until] - self.seen_so_far[since]
        return hits, seen * self.usual.rate[-size:] * self.by_hour[self.hours[since]]


RUN_LENGTH = float(STEPS_A_DAY)
"""1/α of the threshold at which run lengths are measured, in steps: a day."""


def run_lengths(play: Play) -> tuple[float, int]:
    """Returns the sum of the run lengths, in units of the bound 1/α, and the number of alarms that
    ended them.

    Measured over a week under no change, with a start of weight 1 at every step.
    """
    until = min(play.start, 7 * STEPS_A_DAY)
    play._learn(play.start)
    evidence = Evidence.of_streams(play.usual.rate)
    crossings = 0
    for step in range(EXPOSED_STEPS, until):
        spans = play.seen_so_far[step + 1] - play.seen_so_far[step + 1 - EXPOSED_STEPS]
        shown = (spans / EXPOSED_STEPS * play.by_hour[play.hours[step]])[play.page]
        struck = play.hits[1][play.by_step[step] : play.by_step[step + 1]]
        accumulate(
            evidence,
            hits=np.bincount(struck, minlength=play.number).astype(np.float64),
            usual=shown * play.usual.rate,
            shape=play.usual.shape,
            starting=1.0,
            step=step,
        )
        crossed = np.flatnonzero(evidence.total >= RUN_LENGTH)
        crossings += len(crossed)
        evidence.clear(crossed)
    return play.number * (until - EXPOSED_STEPS) / RUN_LENGTH, crossings

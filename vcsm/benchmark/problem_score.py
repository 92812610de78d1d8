"""What was found, held against what was planted."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import pdtrc

from vcsm.benchmark.problem_worlds import ASKED_SIZE, STEPS_AN_HOUR, Cause, World
from vcsm.problems.detect import STEP_MINUTES
from vcsm.problems.incidents import Incident

KNOWING_CHANCE = 1e-6
"""Of a quarter hour of a stream: q times the problems of six weeks, over all streams' quarters."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that somebody is called for; `streams` are those it names, the first first."""

    step: int
    streams: tuple[int, ...]
    joined: tuple[int, ...] = ()
    """The step at which each stream was named."""
    scope: str = ""
    account: int | None = None
    since: int | None = None
    """Where what it is about begins; a day's alarm is right about what ended that day."""


@dataclass(slots=True)
class Score:
    """Of one run. Delays are of found causes, in minutes, and in sessions that saw the place."""

    fdp: float
    planted: int
    found: int
    right: int
    minutes: list[float] = field(default_factory=list)
    exposures: list[float] = field(default_factory=list)
    asked_minutes: list[float] = field(default_factory=list)
    """Of all causes of the asked size, infinite when never found."""
    asked_knowable: int = 0
    """Those that show enough in a quarter of an hour for a rule that knows everything else."""


def alarms_of(incidents: Iterable[Incident]) -> list[Alarm]:
    return [
        Alarm(
            one.opened,
            tuple(one.outbreaks),
            tuple(outbreak.at for outbreak in one.outbreaks.values()),
            one.scope,
            one.account,
        )
        for one in incidents
        if one.merged_into is None
    ]


def score_alarms(world: World, alarms: list[Alarm]) -> Score:
    """An alarm is true when the first stream it names (behind the streams come the pages, then
    everything) was struck by a cause at that time; a cause is right when exactly one alarm speaks
    of it, of no other, and says whose matter it is.
    """
    causes_of = [_causes(world, alarm) for alarm in alarms]
    speaking: dict[int, list[int]] = {}
    for index, causes in enumerate(causes_of):
        for known in causes:
            speaking.setdefault(known, []).append(index)
    false = sum(1 for causes in causes_of if not causes)
    named = _first_named(world, alarms)
    score = Score(
        # Two alarms about one cause are one discovery, whoever raises them.
        fdp=false / max(false + len(named), 1),
        planted=len(world.causes),
        found=len(named),
        right=sum(_is_right(world, alarms, one, speaking[one], causes_of) for one in speaking),
    )
    for number, cause in enumerate(world.causes):
        first = named.get(number)
        minutes = np.inf if first is None else (first - cause.begins + 1) * STEP_MINUTES
        if cause.size == ASKED_SIZE and cause.what in ("element", "page"):
            score.asked_minutes.append(float(minutes))
            score.asked_knowable += is_knowable(world, cause)
        if first is not None:
            score.minutes.append(float(minutes))
            score.exposures.append(_exposures(world, cause.streams, cause.begins, first))
    return score


def is_knowable(world: World, cause: Cause) -> bool:
    """Whether a quarter of an hour is enough for a rule that knows which quarter and which elements
    may be struck, and the rate of each: sessions hit there, as chance brings them only once in a
    million. By Neyman and Pearson no rule with so few false ones finds more, as long as it does not
    know what is released when.
    """
    until = cause.begins + STEPS_AN_HOUR // 4
    within = slice(*np.searchsorted(world.hit_step, (cause.begins, until)))
    there = world.hit_stream[within]
    usual = world.seen[cause.begins : until][:, world.streams.page].sum(axis=0)
    usual = usual * world.streams.rate

    def surprises(streams: set[int], expected: float) -> bool:
        struck = np.isin(there, list(streams))
        sessions = len(np.unique(world.hit_session[within][struck]))
        return bool(sessions > 0 and pdtrc(sessions - 1, expected) <= KNOWING_CHANCE)

    firsts = {world.streams.kinds_of[world.streams.element[one]][0] for one in cause.streams}
    return surprises(set(cause.streams), float(usual[list(firsts)].sum())) or any(
        surprises({one}, float(usual[one])) for one in cause.streams
    )


def _first_named(world: World, alarms: list[Alarm]) -> dict[int, int]:
    """Causes somebody was told of, and when first: by any stream an alarm names, in its time."""
    first: dict[int, int] = {}
    for alarm in alarms:
        steps = alarm.joined or (alarm.step,) * len(alarm.streams)
        for stream, step in zip(alarm.streams, steps, strict=True):
            for cause in _causes(world, replace(alarm, step=step, streams=(stream,), joined=())):
                first[cause] = min(step, first.get(cause, step))
    return first


def _causes(world: World, alarm: Alarm) -> set[int]:
    pages, first = world.streams.page, alarm.streams[0]
    since = alarm.step if alarm.since is None else alarm.since
    struck = {
        number
        for number, cause in enumerate(world.causes)
        if cause.begins <= alarm.step
        and since <= cause.ends + STEPS_AN_HOUR
        and (
            first in cause.streams
            if first < len(pages)
            else first - len(pages) in pages[list(cause.streams)]
        )
    }
    if first == len(pages) + world.seen.shape[1]:
        return {
            number
            for number, cause in enumerate(world.causes)
            if cause.what == "everything"
            and cause.begins <= alarm.step <= cause.ends + STEPS_AN_HOUR
        }
    # Where everything is worse, a place that has a cause of its own is told apart by it.
    own = {one for one in struck if world.causes[one].what != "everything"}
    return own or struck


def _is_right(
    world: World,
    alarms: list[Alarm],
    number: int,
    speaking: list[int],
    causes_of: list[set[int]],
) -> bool:
    cause = world.causes[number]
    if len(speaking) != 1 or causes_of[speaking[0]] != {number}:
        return False
    alarm = alarms[speaking[0]]
    if alarm.scope != cause.scope:
        return False
    return cause.account < 0 or alarm.account == cause.account


def _exposures(world: World, streams: tuple[int, ...], since: int, until: int) -> float:
    pages = np.unique(world.streams.page[list(streams)])
    return float(world.seen[since : until + 1][:, pages].sum())

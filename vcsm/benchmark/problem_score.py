"""Compares what was found with what was planted."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import pdtrc

from vcsm.benchmark.problem_worlds import ASKED_SIZE, STEPS_AN_HOUR, Cause, World
from vcsm.problems.detect import STEP_MINUTES
from vcsm.problems.incidents import Incident

KNOWING_CHANCE = 1e-6
"""False alarms allowed per stream and quarter hour: q times the problems of six weeks, spread over
all the streams' quarter hours."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that somebody is called for; `streams` are those it names, the first one first."""

    step: int
    streams: tuple[int, ...]
    joined: tuple[int, ...] = ()
    """The step at which each stream was named."""
    scope: str = ""
    account: int | None = None
    since: int | None = None
    """Step at which what it is about begins; a day's alarm may be about what ended that day."""


@dataclass(slots=True)
class Score:
    """The score of one run. Delays are those of found causes, in minutes (`minutes`) and in
    sessions that saw the place (`exposures`)."""

    fdp: float
    planted: int
    found: int
    right: int
    minutes: list[float] = field(default_factory=list)
    exposures: list[float] = field(default_factory=list)
    asked_minutes: list[float] = field(default_factory=list)
    """Delays of all causes of the asked size; infinite for those never found."""
    asked_knowable: int = 0
    """Those of them that a rule which knows everything else could tell in a quarter of an hour."""


def alarms_of(incidents: Iterable[Incident]) -> list[Alarm]:
    """Returns one alarm for each incident that was not merged into another."""
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
    """Scores alarms against the world's causes.

    An alarm is true when the first stream it names (pages come after the streams, the fleet last)
    was struck by a cause at that time. A cause is right when exactly one alarm is about it and no
    other, and says whose matter it is.
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
    """Returns whether a quarter of an hour suffices for a rule that knows the quarter, the elements
    that may be struck and the rate of each.

    It suffices where sessions were hit there as chance brings them only once in a million. By
    Neyman and Pearson no rule with so few false alarms finds more, unless it knows what is released
    when.
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
    """Returns the causes named in time by any stream of an alarm, and the first such step."""
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
    # Where the whole fleet is worse, a place with its own cause is told apart by that cause.
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

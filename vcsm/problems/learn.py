"""Learns what is usual in a workspace from its rates, once a day."""

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from vcsm.problems import watch_data
from vcsm.problems.baseline import HOURS, STRETCH_HOURS, hour_of, learn_baseline, learn_hours
from vcsm.problems.detect import (
    CARRIED,
    FLEET_LIFTS,
    PERIOD_DAYS,
    STEP_MINUTES,
    Evidence,
    share_out,
)
from vcsm.problems.models import ProblemPlace
from vcsm.problems.scope import FLEET
from vcsm.problems.watch_state import Memory

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EPOCH_WEEKDAY_HOURS = 72
"""Hours from a Monday's start to the epoch, which was a Thursday."""


def learn(memory: Memory, *, workspace_id: int, now: datetime) -> Memory:
    """Returns a memory with today's streams and rates; evidence moves along with its stream."""
    end = now.replace(minute=0, second=0, microsecond=0)
    since = end - timedelta(days=watch_data.HISTORY_DAYS)
    places, on, pages = watch_data.read_streams(workspace_id, since)
    index = {int(page): number for number, page in enumerate(pages)}
    fresh = Memory.empty()
    fresh.places = np.append(_in_order(memory, places), pages)
    on_page = dict(zip(places.tolist(), on.tolist(), strict=True))
    fresh.page = np.array([index[on_page.get(one, one)] for one in fresh.places.tolist()], int)
    fresh.pages = pages
    first_hour = int(since.timestamp() // 3600)
    hours = int(end.timestamp() // 3600) - first_hour
    hits, seen = _tables(fresh, workspace_id, since, end, first_hour, hours)
    week = (np.arange(hours) + first_hour + EPOCH_WEEKDAY_HOURS) % 168
    kinds = hour_of(week * 60)
    fresh.by_hour = learn_hours(
        _sum_by(kinds, hits[:, len(fresh.places) - len(pages) :], HOURS),
        _sum_by(kinds, seen, HOURS),
    )
    weighted = seen * fresh.by_hour[kinds]
    cut = hours - hours % STRETCH_HOURS
    fresh.usual = learn_baseline(
        _stretch(hits[:cut]),
        _stretch(weighted[:cut])[:, fresh.page],
        kept=_kept(fresh, workspace_id, first_hour, cut),
    )
    weeks = np.maximum(np.bincount(week, weights=seen.sum(axis=1) > 0, minlength=168), 1)
    fresh.usual_seen = _sum_by(week, seen, 168) / weeks[:, None]
    _carry_over(memory, fresh, seen.sum(axis=0), step=watch_data.step_of(now))
    fresh.learnt_day = int(now.timestamp() // 86400)
    return fresh


def _in_order(memory: Memory, places: Ints) -> Ints:
    """Returns the streams in order: known ones keep their rank within a period, new ones follow."""
    there = set(places.tolist())
    known = [one for one in memory.places.tolist() if one in there]
    return np.array(known + sorted(there - set(known)), dtype=np.int64)


def _tables(
    memory: Memory, workspace_id: int, since: datetime, end: datetime, first: int, hours: int
) -> tuple[Floats, Floats]:
    """Returns hits of shape (hours, streams), and sessions that saw pages, (hours, pages)."""
    column = {int(place): number for number, place in enumerate(memory.places)}
    page = {int(one): number for number, one in enumerate(memory.pages)}
    hits, seen = np.zeros((hours, len(column))), np.zeros((hours, len(page)))
    for place, hour, sessions in watch_data.read_hourly(workspace_id, since, end).tolist():
        if place in page:
            seen[hour - first, page[place]] = sessions
        elif place in column:
            hits[hour - first, column[place]] = sessions
    for place, hour, sessions in watch_data.read_page_hits(workspace_id, since, end).tolist():
        if place in page:
            hits[hour - first, column[place]] = sessions
    return hits, seen


def _kept(memory: Memory, workspace_id: int, first: int, hours: int) -> Floats:
    """Returns 0 where a problem was open, so that it does not become usual, and 1 elsewhere; shape
    (stretches, streams)."""
    kept = np.ones((hours // STRETCH_HOURS, len(memory.places)))
    column = {int(place): number for number, place in enumerate(memory.places)}
    rows = ProblemPlace.objects.filter(problem__workspace_id=workspace_id)
    for row in rows.select_related("problem"):
        everything = row.problem.scope == FLEET
        if everything or row.place_id in column:
            begin = (int(row.onset.timestamp() // 3600) - first) // STRETCH_HOURS
            end = row.recovered_at
            last = len(kept) if end is None else (int(end.timestamp() // 3600) - first)
            last = last if end is None else last // STRETCH_HOURS + 1
            which = slice(None) if everything else column[row.place_id]
            kept[max(begin, 0) : max(last, 0), which] = 0
    return kept


def _carry_over(memory: Memory, fresh: Memory, seen: Floats, *, step: int) -> None:
    """Carries the evidence over. When a period ends, a tenth of it goes on under a new budget."""
    over = step - memory.period >= PERIOD_DAYS * 24 * 60 // STEP_MINUTES
    fresh.evidence = Evidence.of_streams(fresh.usual.rate)
    fresh.fleet = Evidence.empty(FLEET_LIFTS) if over else memory.fleet
    old = {int(place): number for number, place in enumerate(memory.places)}
    both = [(old[one], number) for number, one in enumerate(fresh.places.tolist()) if one in old]
    if both:
        there, here = (np.array(side) for side in zip(*both, strict=True))
        for name in ("value", "onset", "lately", "expected"):
            getattr(fresh.evidence, name)[here] = getattr(memory.evidence, name)[there]
    if over:
        fresh.evidence.value *= CARRIED
    fresh.period = step if over else memory.period
    fresh.raised = 0 if over else memory.raised
    fresh.first = len(fresh.places) + 1 if over or not memory.first else memory.first
    come_by = np.append(seen[fresh.page], seen.mean() if len(seen) else 0.0)
    fresh.share = share_out(come_by, first=min(fresh.first, len(come_by)))
    fresh.lift = memory.lift


def _sum_by(labels: Ints, values: Floats, size: int) -> Floats:
    summed = np.zeros((size, values.shape[1]))
    np.add.at(summed, labels, values)
    return summed


def _stretch(values: Floats) -> Floats:
    shape = (len(values) // STRETCH_HOURS, STRETCH_HOURS, values.shape[1])
    return np.asarray(values.reshape(shape).sum(axis=1))

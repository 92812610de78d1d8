"""Lays what was beside what would have been. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scipy.special import betaincinv

from vcsm.reports.what_if.past import History, Judged
from vcsm.reports.what_if.replay import Again

SHOWN = 20
"""Cases of each kind that are listed at most."""
NOBODY = "Nobody's account"


@dataclass(frozen=True, slots=True)
class Load:
    """One member's escalations."""

    owner: str
    total: int
    a_day: float
    """Mean over all days of the period."""
    most: int
    """Escalations on the fullest day."""


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """False alarms among the escalations that have a verdict."""

    judged: int
    false: int
    drawn: int
    """Verdicts given because a random draw asked for them."""
    drawn_false: int
    upper: float | None
    """Exact upper bound of the share at `confidence`, from those drawn; None if none was."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One side of the comparison."""

    escalations: int
    offers: int
    held_back: int
    """Offers and calls that a guardrail prevented."""
    displaced: int
    """Calls left out because others were worth more, or because they were below the threshold."""
    loads: tuple[Load, ...]
    false_alarms: FalseAlarms
    by_rule: dict[str, int]


@dataclass(frozen=True, slots=True)
class Missed:
    """Escalations that a member found needed and that would not have been sent."""

    count: int
    of: int
    """All escalations that members found needed."""
    lower: float
    upper: float
    """Exact bounds of the share, from those drawn at random."""
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    days: int
    decisions: int
    unread: int
    cut: bool
    confidence: float
    before: Outcome
    after: Outcome
    missed: Missed
    spared: tuple[str, ...]
    """False alarms that would not have been sent; at most `SHOWN`."""
    added: tuple[str, ...]
    """Cases that would have been sent and were not, so have no verdict; at most `SHOWN`."""
    counts: dict[str, int]
    """How many are `spared` and `added` in all."""


def compare(history: History, again: Sequence[Again], *, confidence: float = 0.9) -> Comparison:
    """Compares the history with `again`, the replay of the same history."""
    stored = [Again(past, past.action, past.rule) for past in history.cases]
    days = max(1, round((history.until - history.since) / timedelta(days=1)))
    before, after = _sent(stored), _sent(again)
    gone, new = set(before) - set(after), set(after) - set(before)
    found = history.verdicts
    spared = sorted(case for case in gone if case in found and not found[case].needed)
    return Comparison(
        days=days,
        decisions=len(history.cases),
        unread=history.unread,
        cut=history.cut,
        confidence=confidence,
        before=_outcome(stored, before, found, days, confidence),
        after=_outcome(again, after, found, days, confidence),
        missed=_missed(found, set(before), gone, confidence),
        spared=tuple(spared[:SHOWN]),
        added=tuple(sorted(new)[:SHOWN]),
        counts={"spared": len(spared), "added": len(new)},
    )


def _sent(decided: Iterable[Again]) -> dict[str, tuple[str, date]]:
    """Returns each case that was sent, with its owner and the day it was first sent on."""
    sent: dict[str, tuple[str, date]] = {}
    for one in decided:
        if one.action == "escalate":
            sent.setdefault(one.past.case, (one.past.owner or NOBODY, one.past.at.date()))
    return sent


def _outcome(
    decided: Sequence[Again],
    sent: dict[str, tuple[str, date]],
    verdicts: dict[str, Judged],
    days: int,
    confidence: float,
) -> Outcome:
    rules = Counter(one.rule for one in decided)
    judged = [verdicts[case] for case in sent if case in verdicts]
    offers = [one for one in decided if one.action == "offer" and one.past.facts.turn is None]
    return Outcome(
        escalations=len(sent),
        offers=len(offers),
        held_back=sum(count for rule, count in rules.items() if rule.startswith("barred_from_")),
        displaced=rules["worth_more_elsewhere"] + rules["below_certified"],
        loads=_loads(sent, days),
        false_alarms=_false_alarms(judged, confidence),
        by_rule=dict(sorted(rules.items())),
    )


def _loads(sent: dict[str, tuple[str, date]], days: int) -> tuple[Load, ...]:
    per_day: dict[str, Counter[date]] = defaultdict(Counter)
    for owner, day in sent.values():
        per_day[owner][day] += 1
    loads = [
        Load(owner, sum(counts.values()), sum(counts.values()) / days, max(counts.values()))
        for owner, counts in per_day.items()
    ]
    return tuple(sorted(loads, key=lambda load: (-load.total, load.owner)))


def _false_alarms(judged: Sequence[Judged], confidence: float) -> FalseAlarms:
    drawn = [one for one in judged if one.drawn]
    false = sum(not one.needed for one in drawn)
    return FalseAlarms(
        judged=len(judged),
        false=sum(not one.needed for one in judged),
        drawn=len(drawn),
        drawn_false=false,
        upper=_upper(false, len(drawn), confidence) if drawn else None,
        confidence=confidence,
    )


def _missed(
    verdicts: dict[str, Judged], before: set[str], gone: set[str], confidence: float
) -> Missed:
    needed = {case for case in before if case in verdicts and verdicts[case].needed}
    drawn = {case for case in needed if verdicts[case].drawn}
    lost = len(drawn & gone)
    each = (1 + confidence) / 2  # so that both bounds together hold at `confidence`
    return Missed(
        count=len(needed & gone),
        of=len(needed),
        lower=1 - _upper(len(drawn) - lost, len(drawn), each) if drawn else 0.0,
        upper=_upper(lost, len(drawn), each) if drawn else 1.0,
        cases=tuple(sorted(needed & gone)[:SHOWN]),
    )


def _upper(hits: int, seen: int, confidence: float) -> float:
    """Returns the exact upper bound of a share (Clopper & Pearson 1934)."""
    return 1.0 if hits >= seen else float(betaincinv(hits + 1, seen - hits, confidence))

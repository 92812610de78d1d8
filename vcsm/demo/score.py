"""Compares what VCSM decided with what was true of the simulated visits (`vcsm.demo.truth`)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vcsm.demo.truth import VisitRecord, read_truth
from vcsm.escalation.models import Decision
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent


@dataclass(frozen=True)
class Seen:
    """What VCSM saw in one session."""

    signals: frozenset[tuple[str, str]]
    """(page, element) of the friction signals that were not retracted."""
    acted: bool
    """Whether it offered help or escalated because of friction."""
    called_person: bool
    """Whether it escalated because somebody asked for a person."""
    intents: tuple[tuple[str, str], ...]
    """(outcome, intent name) of every message, as understood."""


def run() -> dict[str, object]:
    """Scores all visits of this home's truth file. Shares of nothing are None."""
    records = list(read_truth())
    return score_visits([(record, _look_up(record.session)) for record in records])


def score_visits(visits: Iterable[tuple[VisitRecord, Seen]]) -> dict[str, object]:
    """Scores visits: `found` counts stuck ones acted upon, `false_alarms` others. Pure."""
    counts: Counter[str] = Counter()
    temperaments: dict[str, Counter[str]] = {}
    intents: Counter[str] = Counter()
    for record, seen in visits:
        outcome = _outcome(record, seen)
        counts[outcome] += 1
        temperaments.setdefault(record.truth.temperament, Counter())[outcome] += 1
        counts["right_place"] += outcome == "found" and _right_place(record, seen)
        counts["asked_person"] += record.truth.asks_person
        counts["person_called"] += record.truth.asks_person and seen.called_person
        for kind, name in seen.intents:
            intents["right" if kind == "sure" and name == record.truth.wants else kind] += 1
    stuck, calm = counts["found"] + counts["missed"], counts["left_alone"] + counts["false_alarm"]
    return {
        "visits": stuck + calm,
        "stuck": stuck,
        "found": counts["found"],
        "missed": counts["missed"],
        "recall": _share(counts["found"], stuck),
        "right_place": _share(counts["right_place"], counts["found"]),
        "not_stuck": calm,
        "false_alarms": counts["false_alarm"],
        "false_alarm_share": _share(counts["false_alarm"], calm),
        "asked_for_person": counts["asked_person"],
        "person_called": counts["person_called"],
        "messages": {
            "understood": sum(intents.values()),
            "right": intents["right"],
            "wrong": intents["sure"],
            "unsure": intents["unsure"],
            "none": intents["none"],
        },
        "temperaments": {name: dict(found) for name, found in sorted(temperaments.items())},
    }


def _outcome(record: VisitRecord, seen: Seen) -> str:
    if record.truth.stuck:
        return "found" if seen.acted else "missed"
    return "false_alarm" if seen.acted else "left_alone"


def _right_place(record: VisitRecord, seen: Seen) -> bool:
    truth = record.truth
    return any(
        page == truth.page and truth.element in ("", element) for page, element in seen.signals
    )


def _look_up(session: str) -> Seen:
    decisions = Decision.objects.filter(session_id=session).exclude(action="continue")
    signals = FrictionSignal.objects.filter(session_id=session, retracted_at=None)
    captured = CapturedIntent.objects.filter(session_id=session, source="asked").order_by("pk")
    return Seen(
        signals=frozenset(signals.values_list("page", "element")),
        acted=decisions.filter(signal__isnull=False).exists(),
        called_person=decisions.filter(action="escalate", reason="asked").exists(),
        intents=tuple(
            (outcome, name or "")
            for outcome, name in captured.values_list("outcome", "intent__name")
        ),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None

"""What other thresholds would have found in a workspace's own stored events.

Every session in the period is run through the detectors twice, with the settings in force and with
the changed ones, and what they find is run through the deciding rules. No contact is offered
anything, and nothing is stored.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from vcsm.accounts.models import Workspace
from vcsm.escalation.decide import Facts, SignalFact, decide
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Click
from vcsm.events.sessions import decode_event
from vcsm.friction.session import SessionFriction
from vcsm.friction.signal import Signal
from vcsm.friction.struggle import score
from vcsm.friction.thresholds import FrictionSettings
from vcsm.friction.tune import change_settings

ASSUMED = (
    "the help offered fits and is seen at once; no member was present and nobody wrote; "
    "the contact has no history"
)

_EVENTS = """
SELECT e.session_id::text, e.sequence, e.position, e.body::text
FROM events_event e JOIN events_session s ON s.id = e.session_id
WHERE s.id IN (
  SELECT id FROM events_session
  WHERE workspace_id = %s AND seen_at >= %s AND started_at < %s
  ORDER BY seen_at DESC LIMIT %s
)
ORDER BY e.session_id, e.sequence, e.position
"""

MAX_PLACES = 20
"""Places listed at most: those where the two settings differ most."""

Recorded = tuple[int, int, AnyEvent]
"""Sequence, position, event."""


@dataclass
class Outcome:
    """What one setting makes of many sessions."""

    signals: Counter[str] = field(default_factory=Counter)
    """Signals that stood in the end, by kind."""
    retracted: int = 0
    nudges: int = 0
    escalations: int = 0
    """Sessions for which a human would have been called."""
    struggling_sessions: int = 0
    places: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Signals by kind, page and the element's name."""

    def as_dict(self) -> dict[str, Any]:
        return {
            "signals": dict(sorted(self.signals.items())),
            "retracted": self.retracted,
            "nudges": self.nudges,
            "escalations": self.escalations,
            "struggling_sessions": self.struggling_sessions,
        }


def backtest(
    *,
    workspace: Workspace,
    since: datetime,
    until: datetime,
    changes: Mapping[str, Any],
    sessions_at_most: int | None = None,
) -> dict[str, Any]:
    """Returns counts for the settings in force (`now`) and with `changes` on top (`then`).

    `changes` are as for `vcsm.friction.tune`: null puts a setting back to its default. `places` are
    those where the two differ most. `sessions_at_most` limits it to the latest sessions.

    Raises ValueError when a change is not a valid setting.
    """
    in_force = FrictionSettings.from_dict(workspace.friction_settings)
    changed = FrictionSettings.from_dict(change_settings(workspace.friction_settings, changes))
    now, then = Outcome(), Outcome()
    sessions = events = 0
    for recorded in _sessions(workspace, since, until, sessions_at_most):
        sessions += 1
        events += len(recorded)
        judge_session(recorded, in_force, now)
        judge_session(recorded, changed, then)
    return {
        "workspace": workspace.slug,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "changes": dict(changes),
        "sessions": sessions,
        "events": events,
        "now": now.as_dict(),
        "then": then.as_dict(),
        "places": _differences(now, then),
        "assumed": ASSUMED,
    }


def _differences(now: Outcome, then: Outcome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"kind": place[0], "page": place[1], "element": place[2], "now": before, "then": after}
        for place in now.places | then.places
        if (before := now.places[place]) != (after := then.places[place])
    ]
    found.sort(key=lambda one: (-abs(one["then"] - one["now"]), str(one)))
    return found[:MAX_PLACES]


def judge_session(
    recorded: Iterable[Recorded], settings: FrictionSettings, outcome: Outcome
) -> None:
    """Adds what these settings make of one session to `outcome`."""
    friction = SessionFriction(settings)
    run = _Run(outcome)
    for sequence, position, event in recorded:
        if isinstance(event, Click):
            run.clicked[event.element.id] += 1
        for signal in friction.feed(event, sequence=sequence, position=position):
            run.take(signal)
    run.finish()


class _Run:
    """One session on its way through the deciding rules."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.clicked: Counter[str] = Counter()
        self._signals: dict[str, Signal] = {}
        self._helped: dict[tuple[str, str], int] = {}
        self._escalated = False

    def take(self, signal: Signal) -> None:
        self._signals[signal.key] = signal
        cause = _cause(signal)
        element = cause[0]
        about = [
            one for one in self._signals.values() if not one.retracted and _cause(one) == cause
        ]
        helped_at = self._helped.get(cause)
        facts = Facts(
            signals=tuple(_fact(one) for one in about),
            struggle=score(about, at=signal.last_at).score,
            help_shown=helped_at is not None,
            clicks_after_help=self.clicked[element] - (helped_at or 0) if element else 0,
        )
        action = decide(facts).action
        if action == "offer" and helped_at is None:
            self._helped[cause] = self.clicked[element]
            self.outcome.nudges += 1
        elif action == "escalate" and not self._escalated:
            self._escalated = True
            self.outcome.escalations += 1

    def finish(self) -> None:
        standing = [one for one in self._signals.values() if not one.retracted]
        self.outcome.signals.update(one.kind for one in standing)
        self.outcome.retracted += len(self._signals) - len(standing)
        self.outcome.struggling_sessions += bool(standing)
        for one in standing:
            self.outcome.places[one.kind, one.page, one.element.name if one.element else ""] += 1


def _cause(signal: Signal) -> tuple[str, str]:
    return (signal.element.id if signal.element else "", signal.page)


def _fact(signal: Signal) -> SignalFact:
    return SignalFact(
        id=signal.key,
        kind=signal.kind,
        severity=signal.severity,
        count=signal.count,
        element=signal.element.id if signal.element else "",
        page=signal.page,
    )


def _sessions(
    workspace: Workspace, since: datetime, until: datetime, at_most: int | None
) -> Iterator[list[Recorded]]:
    """Yields all events of each session that was active in the period, session by session."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_EVENTS, (workspace.pk, since, until, at_most))
        for _, rows in groupby(cursor, key=lambda row: row[0]):
            yield [(sequence, position, decode_event(body)) for _, sequence, position, body in rows]

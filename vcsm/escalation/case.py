"""The facts a decision is made from, and the decision itself: structs stored as JSON. Pure.

Stored facts of any age must stay readable and lead to the same bytes: a new field needs a
default that means "as before", and a new part of the decision is left out where it is empty.
"""

from typing import Literal

from msgspec import Struct

from vcsm.escalation.worth import Belief, Stakes

Action = Literal["continue", "offer", "escalate"]
Reason = Literal[
    "asked",
    "matter",
    "friction",
    "failed_help",
    "unknown_answer",
    "human_present",
    "displaced",
    "held_back",
    "known_problem",
    "guardrail",
    "calm",
    "blind",
    "helped",
]


class SignalFact(Struct, frozen=True):
    """One friction signal of the session that has not been retracted."""

    id: str
    kind: str
    severity: float
    count: int
    element: str
    page: str


class TurnFact(Struct, frozen=True):
    """How the contact's latest message or choice was understood."""

    message: int | None
    asks_for_person: bool
    outcome: str
    """How sure `vcsm.intent` was: sure, unsure or none."""
    answer_known: bool
    unanswered_before: int
    """Earlier turns of this session for which no answer was known."""
    matter: str = ""
    """The matter, if any, that must always reach a human (see `matters`); empty otherwise."""
    valence: float | None = None
    """Tone of what was written, -1 (negative) to 1 (see `vcsm.intent.tone`)."""
    tone_shift: float | None = None
    """How far the tone lies below (negative) or above the contact's own usual tone."""


class Rival(Struct, frozen=True):
    """Another case of the same day that competes for the same budget."""

    id: str
    """`escalation:<id>` for a case that was sent, `decision:<id>` for one that was displaced."""
    value: float
    sent: bool


class Facts(Struct, frozen=True):
    """Everything a decision is made from."""

    signals: tuple[SignalFact, ...] = ()
    struggle: float = 0.0
    turn: TurnFact | None = None
    help_shown: bool = False
    """Help for this very cause was put in front of the contact."""
    help_dismissed: bool = False
    clicks_after_help: int = 0
    nudged_lately: bool = False
    """Help for this or another cause was offered a moment ago."""
    help_known: bool = True
    """Whether an article fits; otherwise only a person can be offered."""
    member_present: bool = False
    annual_revenue: float | None = None
    renews_in_days: int | None = None
    intent_known: bool = False
    days_known: int | None = None
    """Days since the account (or a contact without one) was first seen."""
    lately_needed: int = 0
    """Escalations of the account judged in the last three months where a human was needed."""
    lately_false: int = 0
    """Escalations of the account judged in the last three months that were false alarms."""
    belief: Belief | None = None
    """How likely it is that a human is needed; None where the model was not asked."""
    stakes: Stakes = Stakes()
    price: float | None = None
    """Price of a human's minute at that moment; None where the workspace sets no budget."""
    send_from: float | None = None
    """Threshold that a member put in force on the strength of verdicts: a struggle that scores
    less calls nobody. None where no threshold is in force."""
    rivals: tuple[Rival, ...] = ()
    """The day's other cases that the same minutes could go to, or have gone to."""
    barred: dict[str, str] = {}
    """Use case → the guardrail that now forbids the assistant to act under it on its own."""
    known_problem: str = ""
    """Id of the standing problem that this struggle is part of, where a member works on it or an
    escalation of it is open; else empty."""
    stale: tuple[str, ...] = ()
    """Sources that have gone silent or are out of date, in words."""


class Decision(Struct, frozen=True, omit_defaults=True):
    """What `decide` returns, stored as JSON."""

    action: Action
    reason: Reason
    rule: str
    score: float
    evidence: tuple[str, ...]
    """Ids of the signals it rests on, and `message:<id>` for the turn."""
    unseen: tuple[str, ...]
    numbers: dict[str, float]
    displaced: tuple[str, ...] = ()
    """For an escalation: cases of the day that are worth less and had to wait. For a displaced
    case: those that got the minutes. Dearest first; at most `NAMED`."""

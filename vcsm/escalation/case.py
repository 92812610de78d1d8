"""What a decision is made from, and what it is: plain structs that are stored as JSON. Pure.

Stored facts of any age must stay readable, and lead to the same bytes: a new field has a default
that means "as before", and a new part of the decision is left out where it is empty.
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
    """One friction signal of the session, not retracted."""

    id: str
    kind: str
    severity: float
    count: int
    element: str
    page: str


class TurnFact(Struct, frozen=True):
    """What the contact just wrote or chose, understood."""

    message: int | None
    asks_for_person: bool
    outcome: str
    """sure, unsure or none, as `vcsm.intent` understood it."""
    answer_known: bool
    unanswered_before: int
    """Turns before this one, in this conversation, for which no answer was known either."""
    matter: str = ""
    """What must always reach a human (`matters`), where the turn is about such a thing."""
    valence: float | None = None
    """-1 (negative) to 1: the tone of what was written (`vcsm.intent.tone`)."""
    tone_shift: float | None = None
    """How far that lies below (negative) or above the contact's own usual tone."""


class Rival(Struct, frozen=True):
    """Another case of the same day under the same budget."""

    id: str
    """`escalation:<id>` of one that was sent, `decision:<id>` of one that was displaced."""
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
    """Help for this or another cause appeared a moment ago."""
    help_known: bool = True
    """An article fits; otherwise only a person can be offered."""
    member_present: bool = False
    annual_revenue: float | None = None
    renews_in_days: int | None = None
    intent_known: bool = False
    days_known: int | None = None
    """Since the account (or a contact without one) was first seen."""
    lately_needed: int = 0
    """Escalations of the same account, judged in the last three months: a human was needed."""
    lately_false: int = 0
    """And those that were false alarms."""
    belief: Belief | None = None
    """How likely it is that a human is needed; None where nobody asked the model."""
    stakes: Stakes = Stakes()
    price: float | None = None
    """Of a human's minute at that moment; None where the workspace sets no budget."""
    send_from: float | None = None
    """The threshold that a member put in force on the evidence of verdicts: a struggle that scores
    less calls nobody. None where nobody did."""
    rivals: tuple[Rival, ...] = ()
    """The day's other cases that the same minutes could go to, or have gone to."""
    barred: dict[str, str] = {}
    """Use case → the guardrail by which the assistant may not act under it alone now."""
    known_problem: str = ""
    """The id of the standing problem of many that this struggle is part of, where a member already
    works on it or reads for it; empty where none is."""
    stale: tuple[str, ...] = ()
    """Sources that have gone silent or speak of long ago, in words."""


class Decision(Struct, frozen=True, omit_defaults=True):
    action: Action
    reason: Reason
    rule: str
    score: float
    evidence: tuple[str, ...]
    """Ids of the signals, and `message:<id>` of the turn, that it stands on."""
    unseen: tuple[str, ...]
    numbers: dict[str, float]
    displaced: tuple[str, ...] = ()
    """For an escalation: the day's cases that had to wait for less. For a displaced case: those
    that its minutes went to. Dearest first; at most `NAMED`."""

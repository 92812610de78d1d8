"""The messages of the panel's first page: a contact's standing with us and what they say to it."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from vcsm.events.kinds import Millis
from widget.frame import Frame, IntentOption, Short


class AskHome(Frame, frozen=True, tag="home"):
    """Asks for what the panel's first page shows; answered with `home`."""


class Tick(Frame, frozen=True, tag="tick"):
    """The contact says whether a step of theirs is done: a checklist `item` or a plan `step`."""

    what: Literal["item", "step"]
    id: Annotated[int, Meta(ge=1)]
    done: bool


class Rate(Frame, frozen=True, tag="rate"):
    """The contact rates the help of a person; `subject` is the one that `home.rate` named."""

    subject: Short
    score: Annotated[int, Meta(ge=1, le=5)]
    comment: Annotated[str, Meta(max_length=2_000)] = ""


class Dispute(Frame, frozen=True, tag="dispute"):
    """The contact says that something `home` states about them is wrong; members see it."""

    subject: Short
    said: Annotated[str, Meta(max_length=300)] = ""


class Correct(Frame, frozen=True, tag="correct"):
    """The contact says what they are after instead of `home.goal`; null: none of the intents."""

    captured: Annotated[int, Meta(ge=1)]
    intent: Annotated[int, Meta(ge=1)] | None


class HomeGoal(Struct, frozen=True):
    """What we believe the contact is after, why, and what it may be instead."""

    captured: int
    title: str
    evidence: str
    """What they wrote or searched for, or where they were."""
    said: bool
    """Whether `evidence` is in their own words."""
    set_right: bool
    """Whether they have corrected it themselves."""
    options: list[IntentOption]


class HomePerson(Struct, frozen=True):
    """The member who looks after the contact. `next_at` says when they are back if absent."""

    name: str
    present: bool
    next_at: Millis | None = None


class OpenMatter(Struct, frozen=True):
    """Something a person was asked to look at and has not finished; `name` is theirs, or empty."""

    about: str
    page: str
    taken: bool
    """Whether a person is working on it; if not, one has been asked to."""
    name: str
    opened_at: Millis
    due_at: Millis


class PromiseMade(Struct, frozen=True):
    """A promise that a member made to the contact."""

    subject: str
    text: str
    name: str
    state: Literal["open", "late", "kept", "withdrawn"]
    due_at: Millis | None = None
    disputed: bool = False


class ChecklistStep(Struct, frozen=True):
    """One of the first steps. If `theirs`, the contact ticks it; otherwise the product shows it."""

    id: int
    title: str
    detail: str
    page: str
    done: bool
    theirs: bool


class PlanStep(Struct, frozen=True):
    """A step of the success plan. `due_on` is `YYYY-MM-DD` or empty."""

    id: int
    title: str
    theirs: bool
    done: bool
    due_on: str = ""


class BelievedFriction(Struct, frozen=True):
    """A struggle we think the contact had."""

    subject: str
    kind: str
    page: str
    count: int
    at: Millis
    disputed: bool


class Call(Struct, frozen=True):
    """Whether a person was called, and why or why not: `reason` as the decision says it."""

    called: bool
    reason: str
    at: Millis


class RateAsk(Struct, frozen=True):
    """Asks the contact to rate the help of the person called `name`."""

    subject: str
    name: str


class Home(Frame, frozen=True, tag="home"):
    """What the panel's first page shows of the contact's standing with us."""

    goal: HomeGoal | None = None
    person: HomePerson | None = None
    open: list[OpenMatter] = []
    promises: list[PromiseMade] = []
    checklist: list[ChecklistStep] = []
    plan_goal: str = ""
    plan: list[PlanStep] = []
    friction: list[BelievedFriction] = []
    calls: list[Call] = []
    rate: RateAsk | None = None


class Changed(Frame, frozen=True, tag="changed"):
    """What `home` said has changed; ask again if it is shown."""

"""The next best actions, each with its expected value and where that comes from. Pure.

The value of a human's minutes is worked out (`escalation.worth`); that of sending a passage is
estimated where enough help was counted. Anything else says that its value is not known.
"""

from dataclasses import dataclass

from vcsm.console.screen.why import Worth

PASSAGE_MINUTES = 2.0
"""Minutes to read the passage, put it into one's own words and send it."""
LEAST_COUNTED = 5
"""How often help must have been shown before its record says anything."""


@dataclass(frozen=True, slots=True)
class HelpRecord:
    """How many nudges were shown, and accepted, over the last 90 days."""

    shown: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Step:
    """One next action. `act` says what a click does: take_over, use_passage, problem, promise or
    watch."""

    act: str
    title: str
    why: str
    value: float | None
    """The expected value in the workspace's currency; None: not known."""
    stands_on: str
    """Where the value comes from: `worked out`, `counted` or `not known`."""
    target: str = ""
    """What the act is about, such as a problem's id."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The facts from which the steps are chosen."""

    worth: Worth | None
    minute_cost: float
    asked_for_person: bool
    passage: str
    """The title of the passage nearest to what they last wrote; empty: none."""
    passage_known: bool
    record: HelpRecord
    problem: tuple[str, str, str] | None
    """The id, title and state of the standing problem that the escalation belongs to."""
    open_promise: str
    """The text of an open promise to them; empty: none."""


def next_steps(seen: Seen) -> list[Step]:
    """Returns the steps, most valuable first, unknown values last; taking over comes first of all
    when the contact asked for a person."""
    found = [_talk(seen), *_passage(seen), *_problem(seen), *_promise(seen)]
    if not seen.asked_for_person:
        found.append(
            Step(
                "watch",
                "Leave it to the assistant",
                "It keeps helping, and calls again when more is seen",
                0.0 if seen.worth else None,
                "worked out" if seen.worth else "not known",
            )
        )
    first = [step for step in found if step.act == "take_over" and seen.asked_for_person]
    rest = [step for step in found if step not in first]
    return first + sorted(rest, key=lambda step: (step.value is None, -(step.value or 0.0)))


def _talk(seen: Seen) -> Step:
    why = "They asked for a person and wait" if seen.asked_for_person else "Speak with them now"
    if seen.worth is None:
        return Step("take_over", "Take over and write", why, None, "not known")
    return Step("take_over", "Take over and write", why, seen.worth.value, "worked out")


def _passage(seen: Seen) -> list[Step]:
    if not seen.passage:
        return []
    sure = "answers what they asked" if seen.passage_known else "is nearest to what they asked"
    title, why = f"Write them “{seen.passage}”", f"The article {sure}"
    record = seen.record
    if seen.worth is None or record.shown < LEAST_COUNTED:
        return [Step("use_passage", title, why, None, "not known")]
    taken = record.accepted / record.shown
    # The gain of a human's whole time, times the share of help accepted, for two minutes' cost.
    gain = seen.worth.value + seen.worth.minutes * seen.minute_cost
    value = round(taken * gain - PASSAGE_MINUTES * seen.minute_cost, 2)
    why += f"; help was taken {record.accepted} of {record.shown} times"
    return [Step("use_passage", title, why, value, "counted")]


def _problem(seen: Seen) -> list[Step]:
    if seen.problem is None:
        return []
    id, title, state = seen.problem
    why = f"Others are hit by the same problem; it is {state}"
    return [Step("problem", f"Look at the problem “{title}”", why, None, "not known", id)]


def _promise(seen: Seen) -> list[Step]:
    if seen.open_promise:
        return [
            Step("promise", f"Keep the promise “{seen.open_promise}”",
                 "It is open with them", None, "not known")
        ]  # fmt: skip
    return [
        Step("promise", "Promise when it will be done",
             "For what takes longer than this visit", None, "not known")
    ]  # fmt: skip

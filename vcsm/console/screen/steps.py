"""What could be done next, each with what it is expected to bring and on what that stands. Pure.

Only a human's minutes have an expected value that was worked out (`escalation.worth`); writing a
passage has one where help of that kind was counted. Anything else says that its value is not known.
"""

from dataclasses import dataclass

from vcsm.console.screen.why import Worth

PASSAGE_MINUTES = 2.0
"""To read the passage, put it into one's words and send it."""
LEAST_COUNTED = 5
"""Times help was shown from which its record says anything."""


@dataclass(frozen=True, slots=True)
class HelpRecord:
    """How often help put in front of contacts was taken, over the last three months."""

    shown: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Step:
    """`act`: what a click does: take_over, use_passage, problem, promise, watch."""

    act: str
    title: str
    why: str
    value: float | None
    """Expected, in the workspace's money; None: not known."""
    stands_on: str
    """`worked out`, `counted` or `not known`: how far the value can be trusted."""
    target: str = ""
    """What the act is about, such as a problem's id."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the steps are chosen from."""

    worth: Worth | None
    minute_cost: float
    asked_for_person: bool
    passage: str
    """Title of the passage on what they last wrote, if one is known."""
    passage_known: bool
    record: HelpRecord
    problem: tuple[str, str, str] | None
    """Id, title and state of the open problem this belongs to."""
    open_promise: str
    """One that is open with them; empty: none."""


def next_steps(seen: Seen) -> list[Step]:
    """Dearest first; what has no known value after those that have one."""
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
    # What a human's whole time would bring, so often as help is taken, for two minutes of it.
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

"""The ladder of autonomy: how far a use case may go without a human. Pure."""

from typing import Literal

Level = Literal["off", "shadow", "suggest", "approve", "undoable", "auto"]
Outcome = Literal["do", "propose", "watch", "refuse"]

LADDER: tuple[Level, ...] = ("off", "shadow", "suggest", "approve", "undoable", "auto")

MEANING: dict[Level, str] = {
    "off": "Nothing happens.",
    "shadow": "What would have been done is written down, and nobody sees it but members here.",
    "suggest": "A member sees what would be done and does it, or something else, themselves.",
    "approve": "A member's click does it.",
    "undoable": "It is done at once; a member can take it back.",
    "auto": "It is done at once.",
}
OUTCOME: dict[Level, Outcome] = {
    "off": "refuse",
    "shadow": "watch",
    "suggest": "propose",
    "approve": "propose",
    "undoable": "do",
    "auto": "do",
}


def lowest(*levels: Level) -> Level:
    return min(levels, key=LADDER.index)


def next_above(level: Level, rungs: tuple[Level, ...]) -> Level | None:
    """Returns the use case's next higher rung; None on the highest."""
    higher = [one for one in rungs if LADDER.index(one) > LADDER.index(level)]
    return min(higher, key=LADDER.index) if higher else None


def next_below(level: Level, rungs: tuple[Level, ...]) -> Level:
    """Returns the use case's next lower rung; "off" below the lowest."""
    lower = [one for one in rungs if LADDER.index(one) < LADDER.index(level)]
    return max(lower, key=LADDER.index) if lower else "off"

"""Decides whether a new page, element or plan is an old one under another name. Pure.

A deploy may rename every route, a control may get another fingerprint, sales may rename a plan.
What is used the same way and takes the other's place is the same thing, and its history goes on.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

SESSIONS = 20
"""Sessions that must have seen a page before anything is concluded about it."""
ELEMENT_SESSIONS = 5
LEFT_OVER = 0.05
"""Part of the new element's sessions that may still meet the old one: tabs that stayed open."""
SHARED_LEAST = 3
ALIKE = 0.4
CLEARLY = 1.5
"""How many times better than the next one the best match must be, or they are not told apart."""
NEVER = 7.0
"""Sessions expected where there was none, from which it is no accident: the chance is exp(-7)."""
SETTLED = 30 * 60.0
"""Seconds for which open tabs and rolling deploys may show both names."""
PLAN_ACCOUNTS = 3
PLAN_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class PageUse:
    """How a page is used: sessions that saw it, when the first and the last did (seconds since the
    epoch), and the sessions that used each element."""

    sessions: int
    first: float
    last: float
    elements: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ElementUse:
    """Sessions on the page since the new fingerprint was first met, and those of them that used the
    old one, the new one and both."""

    sessions: int
    old: int
    new: int
    both: int


def match_pages(
    gone: Mapping[str, PageUse], fresh: Mapping[str, PageUse], *, now: float
) -> dict[str, str]:
    """Returns new names by old names, where each page is clearly the other's best match.

    `gone` tells how pages were used before, `fresh` how they have been used since; `now` is in
    seconds. What stands on every page (menus) tells little, so an element counts by how few pages
    have it.
    """
    known = {name: use for name, use in gone.items() if use.sessions >= SESSIONS}
    new = {name: use for name, use in fresh.items() if use.sessions >= SESSIONS}
    pages_of = Counter(one for use in {**known, **new}.values() for one in use.elements)
    likeness = {
        (old, name): _likeness(known[old], new[name], pages_of)
        if _takes_place(known[old], new[name], now)
        else 0.0
        for old in known
        for name in new
    }
    return {
        old: name
        for (old, name), value in likeness.items()
        if value >= ALIKE
        and _beats(value, [likeness[old, other] for other in new if other != name])
        and _beats(value, [likeness[other, name] for other in known if other != old])
    }


def is_same_element(use: ElementUse) -> bool:
    """Returns whether the new fingerprint is the old control: it took its place, or both are one
    control that some sessions meet under either name and none under both (a split one)."""
    if use.new < ELEMENT_SESSIONS:
        return False
    if use.old <= LEFT_OVER * use.new:
        return True
    return use.both == 0 and use.old * use.new >= NEVER * max(use.sessions, 1)


def is_renamed_plan(moved: Mapping[str, int], *, still: int) -> str | None:
    """Returns the plan's new name, or None where it was not renamed.

    `moved` counts the old plan's accounts by the plan they are on now; `still` are on the old one.
    """
    if still or not moved:
        return None
    name, most = max(moved.items(), key=lambda one: (one[1], one[0]))
    total = sum(moved.values())
    return name if name and most >= PLAN_ACCOUNTS and most >= PLAN_SHARE * total else None


def tells_apart(name: str) -> bool:
    """Returns whether an element's shown name says more than its role: it has several words."""
    return " " in name.strip()


def role_of(fingerprint: str) -> str:
    """Returns the role, which stands before the hash in an element's id."""
    return fingerprint.rpartition("-")[0]


def _takes_place(old: PageUse, new: PageUse, now: float) -> bool:
    """Returns whether the old page fell silent, not by chance, when the new one appeared."""
    if new.first <= old.first or old.last > new.first + SETTLED:
        return False
    often = old.sessions / max(old.last - old.first, 3600.0)
    return often * (now - new.first - SETTLED) >= NEVER


def _likeness(old: PageUse, new: PageUse, pages_of: Mapping[str, int]) -> float:
    """Returns 0 to 1: how alike two pages are used, element by element."""
    if len(old.elements.keys() & new.elements.keys()) < SHARED_LEAST:
        return 0.0
    common = together = 0.0
    for one in old.elements.keys() | new.elements.keys():
        before = old.elements.get(one, 0) / old.sessions
        after = new.elements.get(one, 0) / new.sessions
        common += min(before, after) / pages_of[one]
        together += max(before, after) / pages_of[one]
    return common / max(together, 1e-9)


def _beats(value: float, others: list[float]) -> bool:
    return value >= CLEARLY * max(others, default=0.0)

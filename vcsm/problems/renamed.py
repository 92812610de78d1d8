"""Whether what appeared is what went away under another name: pages, elements, plans. Pure.

A deploy may name every route anew, a control may get another fingerprint, sales may rename a plan.
What is used the same way and takes the other's place is the same thing, and its history goes on.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

SESSIONS = 20
"""That a page was seen by, before anything is concluded about it."""
ELEMENT_SESSIONS = 5
LEFT_OVER = 0.05
"""Part of the new one's sessions that may still meet the old one: tabs that stayed open."""
SHARED_LEAST = 3
ALIKE = 0.4
CLEARLY = 1.5
"""How much better the best match is than the next one; else they are not told apart."""
NEVER = 7.0
"""So many sessions were to be expected where there was none: the chance is exp(-7)."""
SETTLED = 30 * 60.0
"""Seconds for which open tabs and rolling deploys show both names."""
PLAN_ACCOUNTS = 3
PLAN_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class PageUse:
    """What is used on a page: sessions that saw it, the first and the last of them in seconds,
    and by element the sessions that used it."""

    sessions: int
    first: float
    last: float
    elements: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ElementUse:
    """Since the new fingerprint was first met: sessions on the page, and that used old, new, and
    both of them."""

    sessions: int
    old: int
    new: int
    both: int


def match_pages(
    gone: Mapping[str, PageUse], fresh: Mapping[str, PageUse], *, now: float
) -> dict[str, str]:
    """New name by old name, where each is clearly the other's best match.

    `gone` as they were used before, `fresh` since. What stands on every page (menus) tells little,
    so an element counts by how few pages have it.
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
    """Whether the new fingerprint is the old control: it took its place, or both are one control
    that some sessions meet under the one and others under the other name (a fingerprint split)."""
    if use.new < ELEMENT_SESSIONS:
        return False
    if use.old <= LEFT_OVER * use.new:
        return True
    return use.both == 0 and use.old * use.new >= NEVER * max(use.sessions, 1)


def is_renamed_plan(moved: Mapping[str, int], *, still: int) -> str | None:
    """The plan's new name: `moved` is where the old plan's accounts are now, `still` how many are
    on it yet."""
    if still or not moved:
        return None
    name, most = max(moved.items(), key=lambda one: (one[1], one[0]))
    total = sum(moved.values())
    return name if name and most >= PLAN_ACCOUNTS and most >= PLAN_SHARE * total else None


def tells_apart(name: str) -> bool:
    """Whether an element's shown name says more than its role."""
    return " " in name.strip()


def role_of(fingerprint: str) -> str:
    """What stands before the hash of an element's id."""
    return fingerprint.rpartition("-")[0]


def _takes_place(old: PageUse, new: PageUse, now: float) -> bool:
    """Whether the old page fell silent, and not by chance, when the new one appeared."""
    if new.first <= old.first or old.last > new.first + SETTLED:
        return False
    often = old.sessions / max(old.last - old.first, 3600.0)
    return often * (now - new.first - SETTLED) >= NEVER


def _likeness(old: PageUse, new: PageUse, pages_of: Mapping[str, int]) -> float:
    """0 to 1: how alike two pages are used, element by element."""
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

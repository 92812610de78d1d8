"""Chooses whom to ask: the owner if on duty, else who knows the matter and is least busy. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member as routing sees them."""

    member: int
    on_duty: bool
    minutes_left: float
    """Minutes left today; below zero if contacts who asked for a person took more."""
    open: int
    """How many unresolved escalations they own."""
    skills: frozenset[str]
    leads: bool
    """A lead or an admin, who is asked in urgent cases when nobody else is on duty."""


def choose(
    candidates: Sequence[Candidate],
    *,
    owner: int | None,
    needs: frozenset[str],
    minutes: float,
    urgent: bool,
    not_again: frozenset[int] = frozenset(),
) -> int | None:
    """Returns the member to ask, or None.

    The account's owner comes first if on duty and with minutes left; then members whose skills meet
    `needs`; then those with fewest open escalations and most minutes left. An urgent case does not
    need minutes, and goes to a lead when nobody is on duty. Members in `not_again` were asked
    already.
    """
    left = [one for one in candidates if one.member not in not_again]
    there = [one for one in left if one.on_duty]
    able = [one for one in there if one.minutes_left >= minutes] or (there if urgent else [])
    if not able and urgent:
        able = [one for one in left if one.leads]
    if not able:
        return None
    best = min(
        able,
        key=lambda one: (
            one.member != owner,
            not (needs & one.skills),
            one.open,
            -one.minutes_left,
            one.member,
        ),
    )
    return best.member

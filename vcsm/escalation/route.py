"""Who is asked: the owner if there, else who knows it and is least busy. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member as routing sees them."""

    member: int
    on_duty: bool
    minutes_left: float
    """Of today's; below zero where those who asked for a person took more."""
    open: int
    """Escalations they own that are not resolved."""
    skills: frozenset[str]
    leads: bool
    """A lead or an admin: asked where nobody else is there."""


def choose(
    candidates: Sequence[Candidate],
    *,
    owner: int | None,
    needs: frozenset[str],
    minutes: float,
    urgent: bool,
    not_again: frozenset[int] = frozenset(),
) -> int | None:
    """The member to ask, or nobody.

    The account's owner comes first where they are on duty and have the minutes; then who knows what
    the case `needs`; then who has fewest open and most minutes left. An urgent case needs no
    minutes, and where nobody is on duty goes to those who lead. `not_again`: were asked already.
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

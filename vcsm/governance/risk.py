"""A use case's risk tier, from four answers, and the highest autonomy it may reach. Pure.

The worst answer decides: an act that cannot be undone is not made harmless by a small audience.
"""

from typing import Literal

from msgspec import Struct

from vcsm.governance.autonomy import Level

Tier = Literal["low", "moderate", "high", "extreme"]
TIERS: tuple[Tier, ...] = ("low", "moderate", "high", "extreme")

CAP: dict[Tier, Level] = {
    "low": "auto",
    "moderate": "undoable",
    "high": "approve",
    "extreme": "suggest",
}


class Risk(Struct, frozen=True):
    """The four answers about a use case."""

    reversible: Literal["yes", "partly", "no"]
    """Can it be taken back without a trace, only corrected, or not at all?"""
    audience: Literal["members", "contact", "account", "many"]
    """Who sees it?"""
    money: Literal["none", "indirect", "direct"]
    """Does it spend, charge or promise money?"""
    data: Literal["none", "reads", "changes", "leaves"]
    """Does it read, change or send away what customers own?"""


ANSWERS: dict[str, dict[str, Tier]] = {
    "reversible": {"yes": "low", "partly": "moderate", "no": "high"},
    "audience": {"members": "low", "contact": "low", "account": "moderate", "many": "high"},
    "money": {"none": "low", "indirect": "moderate", "direct": "extreme"},
    "data": {"none": "low", "reads": "low", "changes": "moderate", "leaves": "high"},
}


def tier_of(risk: Risk) -> Tier:
    """Returns the worst of the four answers' tiers."""
    given = (
        ANSWERS["reversible"][risk.reversible],
        ANSWERS["audience"][risk.audience],
        ANSWERS["money"][risk.money],
        ANSWERS["data"][risk.data],
    )
    return max(given, key=TIERS.index)

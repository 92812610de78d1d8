"""Which team owns a page (the longest pattern that fits decides), and how a page stays with its
team when a deploy renames it."""

from collections.abc import Sequence
from datetime import datetime
from fnmatch import fnmatchcase

from vcsm.audit.append import append_entry
from vcsm.problems.models import PageOwner, Place

LONGEST = 200
"""Most characters a pattern may have."""


def owner_of(workspace_id: int, page: str) -> PageOwner | None:
    """Returns the owner of a page, None where no pattern fits."""
    return _owner_among(_owners(workspace_id), page)


def fits(page: str, pattern: str) -> bool:
    """Returns whether a page fits. Only `*` is a wildcard: `/cards/[id]` is taken literally."""
    return fnmatchcase(page, pattern.replace("[", "[[]").replace("?", "[?]"))


def follow_owner(workspace_id: int, before: str, after: str, *, now: datetime) -> None:
    """Keeps the page `before`, now called `after`, with its team.

    A pattern is added where the existing ones give the new name to nobody, or to the team that owns
    everything else. A pattern that somebody has set for the new name stands, no other team loses a
    page, and a pattern longer than LONGEST is not added.
    """
    owners = _owners(workspace_id)
    was, found = _owner_among(owners, before), _owner_among(owners, after)
    if was is None or (found is not None and _stands(found, was, before)):
        return
    pattern = rename_pattern(was.pattern, before, after)
    if _takes_from_others(pattern, was, owners, _pages(workspace_id) - {after}):
        pattern = after
    if len(pattern) > LONGEST:
        return
    given = {"team": was.team, "acknowledge_minutes": was.acknowledge_minutes}
    _, new = PageOwner.objects.get_or_create(
        workspace_id=workspace_id, pattern=pattern, defaults=given
    )
    if new:
        append_entry(
            workspace_id=workspace_id,
            kind="settings",
            actor="a renamed page",
            subject=f"settings:page {pattern}",
            body={"team": was.team.name, "acknowledge_minutes": was.acknowledge_minutes,
                  "page": before},
            at=now,
        )  # fmt: skip


def rename_pattern(pattern: str, before: str, after: str) -> str:
    """Returns the pattern for the new name: `/cards*` becomes `/v2/cards*` once `/cards/new` is
    `/v2/cards/new`. Where the part that `*` stood for has changed too, the page alone is named."""
    stem, star, behind = pattern.partition("*")
    rest = before[len(stem) :]
    if not star or behind or not after.endswith(rest):
        return after
    return f"{after.removesuffix(rest)}*"


def _stands(found: PageOwner, was: PageOwner, before: str) -> bool:
    """Returns whether the found owner stays: the same team, or by a pattern made for the new name,
    since it does not fit the old one."""
    return found.team_id == was.team_id or not fits(before, found.pattern)


def _takes_from_others(
    pattern: str, was: PageOwner, owners: Sequence[PageOwner], pages: set[str]
) -> bool:
    """Returns whether the pattern would take a page from another team."""
    theirs = (_owner_among(owners, page) for page in pages if fits(page, pattern))
    return any(
        one is not None and one.team_id != was.team_id and len(one.pattern) <= len(pattern)
        for one in theirs
    )


def _owner_among(owners: Sequence[PageOwner], page: str) -> PageOwner | None:
    fitting = [one for one in owners if fits(page, one.pattern)]
    return max(fitting, key=lambda one: len(one.pattern), default=None)


def _owners(workspace_id: int) -> list[PageOwner]:
    rows = PageOwner.objects.filter(workspace_id=workspace_id)
    return list(rows.select_related("team").order_by("pk"))


def _pages(workspace_id: int) -> set[str]:
    rows = Place.objects.filter(workspace_id=workspace_id, kind="", element="")
    return set(rows.values_list("page", flat=True))

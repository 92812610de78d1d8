"""Which team's a page is: of the patterns that fit, the longest; and that it stays theirs when a
deploy names the page anew."""

from collections.abc import Sequence
from datetime import datetime
from fnmatch import fnmatchcase

from vcsm.audit.append import append_entry
from vcsm.problems.models import PageOwner, Place

LONGEST = 200
"""Characters of a pattern."""


def owner_of(workspace_id: int, page: str) -> PageOwner | None:
    """None where nobody has said whose it is."""
    return _owner_among(_owners(workspace_id), page)


def fits(page: str, pattern: str) -> bool:
    """Only `*` stands for anything: a route such as `/cards/[id]` means what it says."""
    return fnmatchcase(page, pattern.replace("[", "[[]").replace("?", "[?]"))


def follow_owner(workspace_id: int, before: str, after: str, *, now: datetime) -> None:
    """The page `before` is called `after` from now on, and stays its team's: by a pattern more,
    where those there give the new name to nobody, or to whoever has the rest.

    What somebody has said of the new name stands, and no other team loses a page.
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
    """`/cards*` is `/v2/cards*` once `/cards/new` is `/v2/cards/new`; where what the `*` stood for
    has another name too, the page alone is named."""
    stem, star, behind = pattern.partition("*")
    rest = before[len(stem) :]
    if not star or behind or not after.endswith(rest):
        return after
    return f"{after.removesuffix(rest)}*"


def _stands(found: PageOwner, was: PageOwner, before: str) -> bool:
    """A pattern that fits the new name and not the old one was made for the new one."""
    return found.team_id == was.team_id or not fits(before, found.pattern)


def _takes_from_others(
    pattern: str, was: PageOwner, owners: Sequence[PageOwner], pages: set[str]
) -> bool:
    """Whether a page that another team has would go over to this one."""
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

"""Reads a workspace's entries for its members: newest first, in bounded pages."""

from dataclasses import dataclass
from datetime import datetime

from vcsm.audit.models import Entry

MOST = 200


@dataclass(frozen=True, slots=True)
class EntryLine:
    id: int
    at: datetime
    kind: str
    actor: str
    subject: str
    body: str
    place: int | None
    """Its place in the chain; None if it is not in the chain."""
    hash: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    lines: tuple[EntryLine, ...]
    older: int | None
    """The `before` of the next page; None on the last."""


def read_entries(
    *,
    workspace_id: int,
    kind: str = "",
    actor: str = "",
    subject: str = "",
    before: int | None = None,
    limit: int = 50,
) -> EntryPage:
    """Returns a page. `actor` and `subject` match anywhere in the text; `limit` is 1 to `MOST`."""
    found = Entry.objects.filter(workspace_id=workspace_id).select_related("link")
    if kind:
        found = found.filter(kind=kind)
    if actor:
        found = found.filter(actor__icontains=actor)
    if subject:
        found = found.filter(subject__icontains=subject)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: limit + 1])
    lines = tuple(_line(row) for row in rows[:limit])
    return EntryPage(lines, lines[-1].id if len(rows) > limit else None)


def _line(row: Entry) -> EntryLine:
    link = getattr(row, "link", None)
    return EntryLine(
        id=row.pk,
        at=row.at,
        kind=row.kind,
        actor=row.actor,
        subject=row.subject,
        body=row.body,
        place=link.sequence if link else None,
        hash=link.hash if link else "",
    )

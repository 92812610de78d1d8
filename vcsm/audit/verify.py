"""Reads the chains again, and names entries that are not as they were written."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC

from django.db import connection, transaction

from vcsm.accounts.models import Workspace
from vcsm.audit.models import Entry, Head, Link

START = "0" * 64
"""The hash that the first entry of a chain links to."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of a chain as written down elsewhere: `entries` and `hash` of a `Chain`."""

    entries: int
    hash: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One workspace's chain. Write its hash down elsewhere, and nobody can replace the whole."""

    workspace: str
    entries: int
    hash: str
    findings: tuple[str, ...]
    """One sentence each; empty if all entries are as they were written."""


def verify_chains(
    *, workspace: str | None = None, anchors: Mapping[str, Anchor] | None = None
) -> list[Chain]:
    """Verifies the chain of one workspace (its slug), or of all, at one moment of the database.

    `anchors`, by slug, also reveal entries cut off the end together with the record of that end,
    and chains made anew as a whole. Without anchors nothing shows that.
    """
    anchors = anchors or {}
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        slugs = dict(Entry.objects.values_list("workspace_id", "workspace__slug").distinct())
        slugs.update(Head.objects.values_list("workspace_id", "workspace__slug"))
        named = Workspace.objects.filter(slug__in=anchors)
        slugs.update(named.values_list("pk", "slug"))
        return [
            _verify(pk, slug, anchors.get(slug))
            for pk, slug in sorted(slugs.items())
            if workspace is None or slug == workspace
        ]


def hash_of(entry: Entry, *, sequence: int, previous: str) -> str:
    """Computes the hash that the database made when the entry was committed (`audit_chain`)."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    parts = (
        previous,
        str(entry.workspace_id),
        str(sequence),
        at,
        entry.kind,
        entry.actor,
        entry.subject,
        entry.body,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _verify(workspace_id: int, slug: str, anchor: Anchor | None) -> Chain:
    head = Head.objects.filter(workspace_id=workspace_id).first()
    findings = list(_walk(workspace_id, head, anchor))
    loose = Entry.objects.filter(workspace_id=workspace_id, link=None).order_by("pk")
    findings += [
        f"Entry {pk} was inserted past the chain." for pk in loose.values_list("pk", flat=True)
    ]
    return Chain(
        workspace=slug,
        entries=Entry.objects.filter(workspace_id=workspace_id).count(),
        hash=head.hash if head else START,
        findings=tuple(findings),
    )


def _walk(workspace_id: int, head: Head | None, anchor: Anchor | None) -> Iterator[str]:
    expected, previous = 1, START
    for row in _linked(workspace_id):
        if row.sequence != expected:
            yield f"{_places(expected, row.sequence - 1)} removed."
        elif row.previous != previous:
            yield f"Place {row.sequence} does not follow on the one before it."
        if row.entry is None:
            yield f"Entry {row.entry_id} at place {row.sequence} was removed."
        elif hash_of(row.entry, sequence=row.sequence, previous=row.previous) != row.hash:
            yield f"Entry {row.entry_id} at place {row.sequence} was changed."
        if anchor and row.sequence == anchor.entries and row.hash != anchor.hash:
            yield f"Place {row.sequence} is not what it was when its hash was written down."
        expected, previous = row.sequence + 1, row.hash
    last = head.sequence if head else 0
    if last >= expected:
        yield f"{_places(expected, last)} removed."
    elif last < expected - 1:
        yield f"{_places(last + 1, expected - 1)} inserted after the end."
    elif head and head.hash != previous:
        yield "The end of the chain is not the one that was written."
    if anchor and anchor.entries >= expected:
        yield f"{_places(expected, anchor.entries)} there when the hash was written down, and gone."


@dataclass(frozen=True, slots=True)
class _Row:
    sequence: int
    previous: str
    hash: str
    entry_id: int
    entry: Entry | None


def _linked(workspace_id: int) -> Iterator[_Row]:
    """Reads every link with its entry, in order, a thousand at a time, as chains may be long."""
    after = 0
    while True:
        links = list(
            Link.objects.filter(workspace_id=workspace_id, sequence__gt=after).order_by("sequence")[
                :1000
            ]
        )
        entries = Entry.objects.in_bulk([link.entry_id for link in links])
        for link in links:
            entry = entries.get(link.entry_id)
            if entry is not None and entry.workspace_id != workspace_id:
                entry = None  # moved to another workspace's chain
            yield _Row(link.sequence, link.previous, link.hash, link.entry_id, entry)
        if not links:
            return
        after = links[-1].sequence


def _places(first: int, last: int) -> str:
    return f"Place {first} was" if first == last else f"Places {first} to {last} were"

"""Reading the chains again, and naming what is not as it was written."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import connection, transaction

from vcsm.audit.models import Entry, Head, Link

START = "0" * 64
"""What the first entry of a chain is linked to."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One workspace's chain; write its hash down elsewhere, and nobody can replace all of it."""

    workspace: str
    entries: int
    hash: str
    findings: tuple[str, ...]
    """One sentence each; empty: all entries are as they were written."""


def verify_chains(*, workspace: str | None = None) -> list[Chain]:
    """Of one workspace by its slug, or of all. Reads one moment of the database."""
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        slugs = dict(Entry.objects.values_list("workspace_id", "workspace__slug").distinct())
        slugs.update(Head.objects.values_list("workspace_id", "workspace__slug"))
        return [
            _verify(pk, slug)
            for pk, slug in sorted(slugs.items())
            if workspace is None or slug == workspace
        ]


def hash_of(entry: Entry, *, sequence: int, previous: str) -> str:
    """The hash that the database made when the entry was committed (`audit_chain`)."""
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


def _verify(workspace_id: int, slug: str) -> Chain:
    head = Head.objects.filter(workspace_id=workspace_id).first()
    findings = list(_walk(workspace_id, head))
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


def _walk(workspace_id: int, head: Head | None) -> Iterator[str]:
    expected, previous = 1, START
    links = Link.objects.filter(workspace_id=workspace_id).order_by("sequence")
    entries = Entry.objects.filter(link__workspace_id=workspace_id).order_by("link__sequence")
    found = {entry.pk: entry for entry in entries.iterator(1000)}
    for link in links.iterator(1000):
        if link.sequence != expected:
            yield f"{_places(expected, link.sequence - 1)} removed."
        elif link.previous != previous:
            yield f"Place {link.sequence} does not follow on the one before it."
        entry = found.get(link.entry_id)
        if entry is None:
            yield f"Entry {link.entry_id} at place {link.sequence} was removed."
        elif hash_of(entry, sequence=link.sequence, previous=link.previous) != link.hash:
            yield f"Entry {entry.pk} at place {link.sequence} was changed."
        expected, previous = link.sequence + 1, link.hash
    last = head.sequence if head else 0
    if last >= expected:
        yield f"{_places(expected, last)} removed."
    elif last < expected - 1:
        yield f"{_places(last + 1, expected - 1)} inserted after the end."
    elif head and head.hash != previous:
        yield "The end of the chain is not the one that was written."


def _places(first: int, last: int) -> str:
    return f"Place {first} was" if first == last else f"Places {first} to {last} were"

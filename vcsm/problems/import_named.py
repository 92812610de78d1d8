"""Finds or makes the contacts and accounts that a history names, many at once."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeVar

from vcsm.accounts.models import Account, Contact, Workspace
from vcsm.problems.models import SamePerson
from vcsm.problems.segment_lines import Person

Named = TypeVar("Named", Account, Contact)
_AT_ONCE = 10_000


def named(model: type[Named], workspace: Workspace, ids: Collection[str]) -> dict[str, Named]:
    """Returns the existing rows by their external id."""
    found = {}
    for some in _pieces(ids):
        for one in model._default_manager.filter(workspace=workspace, external_id__in=some):
            found[one.external_id or ""] = one
    return found


def named_or_made(
    model: type[Named], workspace: Workspace, ids: Collection[str], make: Callable[[str], Named]
) -> dict[str, Named]:
    """Returns a row for every id, made where missing, whichever import made it first."""
    found = named(model, workspace, ids)
    missing = [one for one in ids if one not in found]
    if missing:
        new = (make(one) for one in missing)
        model._default_manager.bulk_create(new, batch_size=_AT_ONCE, ignore_conflicts=True)
        found |= named(model, workspace, missing)
    return found


def joined(workspace: Workspace, people: Collection[Person]) -> dict[Person, Contact]:
    """Returns the contacts of those people whose id is one more id of a contact."""
    found = {}
    for some in _pieces({one.id for one in people}):
        rows = SamePerson.objects.filter(workspace=workspace, external_id__in=some)
        for row in rows.select_related("contact"):
            found[Person(row.external_id, row.known)] = row.contact
    return found


def _pieces(ids: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = sorted(ids)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))

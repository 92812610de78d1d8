"""Joins several ids of an imported history that are one person's: one came by before signing in, or
an `alias` says that two are one (https://segment.com/docs/connections/spec/alias).

The finding is kept (`SamePerson`), so that it holds for every line of every file, earlier or later.
An id that belongs to somebody stays theirs: when two people use one browser, its anonymous visits
are the first one's. A contact whom the product itself has identified is never merged into another.
"""

from collections.abc import Iterable, Mapping

from django.db.models import OuterRef, Subquery

from vcsm.accounts.merge_contacts import merge_contacts
from vcsm.accounts.models import Contact, Workspace
from vcsm.problems.import_named import joined, named, named_or_made
from vcsm.problems.models import Hit, SamePerson
from vcsm.problems.segment_lines import Line, Person


def external_id(person: Person) -> str:
    """Returns what a contact known by this id alone is called."""
    return person.id if person.known else f"anonymous:{person.id}"[:120]


def is_told_live(contact: Contact) -> bool:
    """Returns whether the product itself has said who the contact is, proved or not."""
    return contact.told_at is not None or contact.proven_at is not None


def join_people(workspace: Workspace, lines: Iterable[Line]) -> int:
    """Makes one contact of the ids that these lines say are one person's; returns how many ids were
    newly found to be one more of a contact's. For use inside a transaction."""
    told: dict[Person, Person] = {}
    for line in sorted((one for one in lines if one.also), key=lambda one: (one.at, one.message)):
        for other in line.also:
            if other != line.person:
                told.setdefault(other, line.person)
    people = _People(workspace, told)
    found = [other for other, person in told.items() if people.join(other, person)]
    people.merge()
    SamePerson.objects.bulk_create(
        (
            SamePerson(
                workspace=workspace,
                known=other.known,
                external_id=other.id,
                contact=people.contact(other),
            )
            for other in found
        ),
        ignore_conflicts=True,  # another import may be running
    )
    return len(found)


class _People:
    """The contacts of some ids, read at once, and which of them turn out to be the same."""

    def __init__(self, workspace: Workspace, told: Mapping[Person, Person]) -> None:
        self._joined = joined(workspace, {*told, *told.values()})
        theirs = {external_id(one) for one in told.values() if one not in self._joined}
        self._alone = named(Contact, workspace, {external_id(one) for one in told} - theirs)
        self._alone |= named_or_made(
            Contact, workspace, theirs, lambda name: Contact(workspace=workspace, external_id=name)
        )
        self._gone: dict[Contact, Contact] = {}

    def contact(self, person: Person) -> Contact:
        return self._standing(self._joined.get(person) or self._alone[external_id(person)])

    def join(self, other: Person, person: Person) -> bool:
        """Makes `other` an id of `person`; returns False when it is somebody else's already."""
        if other in self._joined:
            return False
        old, into = self._alone.get(external_id(other)), self.contact(person)
        if old is not None:
            if old in self._gone or old == into or is_told_live(old):
                return False
            self._gone[old] = into
        self._joined[other] = into
        return True

    def merge(self) -> None:
        if self._gone:
            merged = {old: self._standing(old) for old in self._gone}
            merge_contacts(merged)
            give_hits_their_account(set(merged.values()))

    def _standing(self, contact: Contact) -> Contact:
        while contact in self._gone:
            contact = self._gone[contact]
        return contact


def give_hits_their_account(contacts: Iterable[Contact]) -> None:
    """Gives an account to the hits that came before the contact's account was known."""
    theirs = Contact.objects.filter(pk=OuterRef("contact_id")).values("account_id")[:1]
    known = [contact.pk for contact in contacts if contact.account_id is not None]
    Hit.objects.filter(contact__in=known, account=None).update(account=Subquery(theirs))

"""Several ids of an imported history that are one person's: they came by before they signed in,
or an `alias` says that two are one (https://segment.com/docs/connections/spec/alias).

What is told is kept (`SamePerson`), so that it holds for every line of every file, before or after.
An id that belongs to somebody stays theirs: of a browser that two people use, what nobody signed
in for is the first one's. Whom the product itself has told of is never taken for another.
"""

from collections.abc import Iterable, Iterator

from vcsm.accounts.merge_contacts import merge_contacts
from vcsm.accounts.models import Contact, Workspace
from vcsm.problems.models import Hit, SamePerson
from vcsm.problems.segment_lines import Line, Person


def external_id(person: Person) -> str:
    """What a contact of that id alone is called."""
    return person.id if person.known else f"anonymous:{person.id}"[:120]


def is_told_live(contact: Contact) -> bool:
    return contact.told_at is not None or contact.proven_at is not None


def join_people(workspace: Workspace, lines: Iterable[Line]) -> int:
    """Makes one contact of the ids that these lines tell to be one person's; returns how many ids
    were found to be another's. For use inside a transaction."""
    told: dict[Person, Person] = {}
    for line in sorted((one for one in lines if one.also), key=lambda one: (one.at, one.message)):
        for other in line.also:
            if other != line.person:
                told.setdefault(other, line.person)
    if not told:
        return 0
    people = _People(workspace, {*told, *told.values()})
    found = [other for other, person in told.items() if people.join(other, person)]
    SamePerson.objects.bulk_create(
        (
            SamePerson(
                workspace=workspace,
                known=other.known,
                external_id=other.id,
                contact=people.contact(told[other]),
            )
            for other in found
        ),
        ignore_conflicts=True,  # another import may run
    )
    return len(found)


class _People:
    """The contacts of some ids, read at once."""

    def __init__(self, workspace: Workspace, ids: set[Person]) -> None:
        self._workspace = workspace
        names = {external_id(person): person for person in ids}
        alone = Contact.objects.filter(workspace=workspace, external_id__in=list(names))
        self._contacts = {names[one.external_id or ""]: one for one in alone}
        self._joined: dict[Person, Contact] = dict(_joined(workspace, ids))
        self._gone: dict[int, Contact] = {}
        """Who was merged into whom meanwhile, by the number they had."""

    def contact(self, person: Person) -> Contact:
        found = self._joined.get(person) or self._contacts.get(person)
        if found is None:
            name = external_id(person)
            found, _ = Contact.objects.get_or_create(workspace=self._workspace, external_id=name)
            self._contacts[person] = found
        return self._standing(found)

    def join(self, other: Person, person: Person) -> bool:
        """Whether `other` was nobody else's until now."""
        if other in self._joined:
            return False
        old, into = self._contacts.get(other), self.contact(person)
        if old is not None and (self._standing(old).pk == into.pk or is_told_live(old)):
            return False
        if old is not None:
            number = old.pk
            merge_contacts(old, into)
            Hit.objects.filter(contact=into, account=None).update(account=into.account)
            self._gone[number] = into
        self._joined[other] = into
        return True

    def _standing(self, contact: Contact) -> Contact:
        while contact.pk in self._gone:
            contact = self._gone[contact.pk]
        return contact


def _joined(workspace: Workspace, ids: set[Person]) -> Iterator[tuple[Person, Contact]]:
    rows = SamePerson.objects.filter(
        workspace=workspace, external_id__in=list({person.id for person in ids})
    )
    for row in rows.select_related("contact"):
        yield Person(row.external_id, row.known), row.contact

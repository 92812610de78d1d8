"""Whom an imported history speaks of, and which company they belong to."""

from collections.abc import Sequence

from vcsm.accounts.models import Account, Contact, Workspace
from vcsm.problems.import_same import external_id, is_told_live
from vcsm.problems.models import Hit, SamePerson
from vcsm.problems.segment_lines import Line, Person


def contact_of(workspace: Workspace, person: Person, lines: Sequence[Line]) -> Contact:
    """Who it was. What the product itself has told of them since is newer than any history."""
    contact = _contact(workspace, person)
    name = next((line.name for line in reversed(lines) if line.name), "")[:200]
    email = next((line.email for line in reversed(lines) if line.email), "")[:254]
    told = next((line for line in reversed(lines) if line.account), None)
    if not (name or email or told):
        return contact
    if is_told_live(contact):
        name, email = contact.name or name, contact.email or email
        told = told if contact.account_id is None else None
    contact.name, contact.email = name or contact.name, email or contact.email
    if told is not None:
        contact.account = _account(workspace, told)
        # What hit them before their company was told cost that company, too.
        Hit.objects.filter(contact=contact, account=None).update(account=contact.account)
    contact.save()
    return contact


def _contact(workspace: Workspace, person: Person) -> Contact:
    same = SamePerson.objects.filter(
        workspace=workspace, known=person.known, external_id=person.id
    ).select_related("contact")
    for one in same:
        return one.contact
    return Contact.objects.get_or_create(workspace=workspace, external_id=external_id(person))[0]


def _account(workspace: Workspace, told: Line) -> Account:
    """One met by its id alone gets its name and plan from the line that tells them."""
    account, _ = Account.objects.get_or_create(
        workspace=workspace, external_id=told.account, defaults={"name": told.account}
    )
    unnamed = account.name == account.external_id
    name = told.account_name[:200] if unnamed and told.account_name else account.name
    plan = account.plan or told.plan[:60]
    if (name, plan) != (account.name, account.plan):
        account.name, account.plan = name, plan
        account.save(update_fields=["name", "plan"])
    return account

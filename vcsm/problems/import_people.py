"""Whom an imported history is about, and which account they belong to."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from vcsm.accounts.models import Account, Contact, Workspace
from vcsm.problems.import_named import joined, named_or_made
from vcsm.problems.import_same import external_id, give_hits_their_account, is_told_live
from vcsm.problems.import_sessions import Told
from vcsm.problems.segment_lines import Line, Person


def contacts_of(workspace: Workspace, visits: Told) -> dict[Person, Contact]:
    """Returns the contact of each person, made where new, with what these lines tell about them."""
    lines: dict[Person, list[Line]] = {}
    for (person, _), of_day in sorted(visits.items(), key=lambda one: one[0][1]):
        lines.setdefault(person, []).extend(of_day)
    contacts = _contacts(workspace, lines)
    accounts = _accounts(workspace, (line for told in lines.values() for line in told))
    changed = [
        contact for person, contact in contacts.items() if _tell(contact, lines[person], accounts)
    ]
    Contact.objects.bulk_update(changed, ["name", "email", "account"], batch_size=500)
    give_hits_their_account(changed)
    return contacts


def _contacts(workspace: Workspace, people: Collection[Person]) -> dict[Person, Contact]:
    found = joined(workspace, people)
    names = {person: external_id(person) for person in people if person not in found}
    alone = named_or_made(
        Contact,
        workspace,
        set(names.values()),
        lambda name: Contact(workspace=workspace, external_id=name),
    )
    # One object per row, so that what two ids of one contact tell is kept together.
    rows: dict[int, Contact] = {}
    either = ((one, found[one] if one in found else alone[names[one]]) for one in people)
    return {person: rows.setdefault(contact.pk, contact) for person, contact in either}


def _tell(contact: Contact, lines: Sequence[Line], accounts: Mapping[str, Account]) -> bool:
    """Sets what the lines tell; returns whether anything changed. What the product itself has said
    is newer than any history and stays."""
    before = contact.name, contact.email, contact.account_id
    name = next((line.name for line in reversed(lines) if line.name), "")[:200]
    email = next((line.email for line in reversed(lines) if line.email), "")[:254]
    account = next((line.account for line in reversed(lines) if line.account), "")
    if is_told_live(contact):
        name, email = contact.name or name, contact.email or email
        account = account if contact.account_id is None else ""
    contact.name, contact.email = name or contact.name, email or contact.email
    if account:
        contact.account = accounts[account]
    return before != (contact.name, contact.email, contact.account_id)


def _accounts(workspace: Workspace, lines: Iterable[Line]) -> dict[str, Account]:
    """Returns accounts by id. One known by its id alone gets its name and plan from the lines."""
    told: dict[str, list[Line]] = {}
    for line in lines:
        if line.account:
            told.setdefault(line.account, []).append(line)
    found = named_or_made(
        Account,
        workspace,
        told,
        lambda name: Account(workspace=workspace, external_id=name, name=name),
    )
    Account.objects.bulk_update(
        [account for name, account in found.items() if _name(account, told[name])],
        ["name", "plan"],
        batch_size=500,
    )
    return found


def _name(account: Account, lines: Sequence[Line]) -> bool:
    """Sets the account's name and plan where missing; returns whether anything changed."""
    before = account.name, account.plan
    for line in lines:
        if account.name == account.external_id and line.account_name:
            account.name = line.account_name[:200]
        account.plan = account.plan or line.plan[:60]
    return before != (account.name, account.plan)

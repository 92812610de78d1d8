"""What is known about a contact and their account, one line for each fact, with source and age."""

from dataclasses import dataclass
from datetime import datetime

from vcsm.accounts.models import Account, Contact
from vcsm.events.models import Session
from vcsm.setup.account_record import Written, who_wrote

BY_PRODUCT = "told by the product"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact about the contact or account."""

    label: str
    value: str
    source: str
    as_of: datetime | None = None
    """When it was learnt; None where that was not recorded, which the page then says."""


def account_facts(account: Account) -> list[FactLine]:
    """Returns what the account's record holds; an empty field has no line."""
    written = who_wrote(account)
    revenue, renews_on = account.annual_revenue, account.renews_on
    said = {
        "plan": ("Plan", account.plan),
        "annual_revenue": ("Annual revenue", f"{revenue:.2f}" if revenue is not None else ""),
        "renews_on": ("Renews on", renews_on.isoformat() if renews_on else ""),
        "owner": ("Owner", account.owner.name if account.owner else ""),
    }
    return [
        _recorded(label, value, written.get(field))
        for field, (label, value) in said.items()
        if value
    ]


def contact_facts(contact: Contact, session: Session) -> list[FactLine]:
    """Returns facts about the contact and the given visit."""
    lines = []
    if contact.email:
        told_by = "a signed token" if contact.proven_at else BY_PRODUCT
        lines.append(FactLine("E-mail", contact.email, told_by, contact.told_at))
    since = contact.created_at
    lines.append(FactLine("Known since", since.date().isoformat(), "first visit", since))
    lines.append(FactLine("On page", session.page or "unknown", "widget", session.seen_at))
    if session.release:
        lines.append(FactLine("Release", session.release, BY_PRODUCT, session.started_at))
    if session.user_agent:
        lines.append(FactLine("Browser", session.user_agent, "request", session.started_at))
    return lines


def _recorded(label: str, value: str, written: Written | None) -> FactLine:
    if written is None:
        return FactLine(label, value, "account record")
    return FactLine(label, value, f"written by {written.by}", written.at)

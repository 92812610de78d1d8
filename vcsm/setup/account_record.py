"""What members record about an account: name, owner, plan, what it pays and when it renews."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db import transaction

from vcsm.accounts.models import Account, Member
from vcsm.audit.append import append_entry
from vcsm.audit.models import Entry
from vcsm.setup.permits import CALLED, Refused, refuse_unless


class _Unsaid:
    """The type of `UNSAID`, which leaves a field as it is; None clears the field."""


UNSAID = _Unsaid()


@dataclass(frozen=True, slots=True)
class RecordChange:
    name: str | _Unsaid = UNSAID
    plan: str | _Unsaid = UNSAID
    owner: int | None | _Unsaid = UNSAID
    """The id of a member of the workspace; None: nobody."""
    annual_revenue: Decimal | None | _Unsaid = UNSAID
    renews_on: date | None | _Unsaid = UNSAID


FIELDS = ("name", "plan", "owner", "annual_revenue", "renews_on")
CHANGES_READ = 100


@dataclass(frozen=True, slots=True)
class Written:
    """Who set a field's present value, and when."""

    by: str
    at: datetime


def who_wrote(account: Account) -> dict[str, Written]:
    """Returns, by field, who set its present value, read from the last `CHANGES_READ` changes.

    A field is missing when its value was set as the account was made, or not by a member.
    """
    found: dict[str, Written] = {}
    seen: set[str] = set()
    entries = Entry.objects.filter(
        workspace_id=account.workspace_id, kind="account", subject=f"account:{account.pk}"
    ).order_by("-pk")
    for entry in entries[:CHANGES_READ]:
        changes = msgspec.json.decode(entry.body).get("changes", {})
        for name in changes.keys() - seen:
            seen.add(name)
            if name in FIELDS and _stands(changes[name], getattr(account, name)):
                found[name] = Written(entry.actor.partition(" ")[2] or entry.actor, entry.at)
    return found


@transaction.atomic
def change_record(*, account_id: int, changes: RecordChange, by: Member, now: datetime) -> Account:
    """Changes the fields that are not UNSAID. Raises NotPermitted, Refused, DoesNotExist."""
    refuse_unless(by, CALLED, "changes an account's record")
    account = Account.objects.select_for_update().get(pk=account_id, workspace_id=by.workspace_id)
    said = {name: getattr(changes, name) for name in FIELDS}
    wanted = {name: value for name, value in said.items() if not isinstance(value, _Unsaid)}
    if "owner" in wanted:
        wanted["owner"] = _owner(wanted["owner"], by)
    changed = {name: value for name, value in wanted.items() if getattr(account, name) != value}
    if not changed:
        return account
    for name, value in changed.items():
        setattr(account, name, value)
    account.save(update_fields=list(changed))
    append_entry(
        workspace_id=by.workspace_id,
        kind="account",
        actor=by,
        subject=f"account:{account.pk}",
        body={"changes": {name: _plain(value) for name, value in changed.items()}},
        at=now,
    )
    return account


def _owner(member_id: int | None, by: Member) -> Member | None:
    if member_id is None:
        return None
    found = Member.objects.filter(pk=member_id, workspace_id=by.workspace_id, left_at=None).first()
    if found is None:
        raise Refused("The owner must be a member of the workspace.")
    return found


def _stands(said: Any, value: Any) -> bool:
    """Tells whether an audit entry's value equals the field's; 4200 equals 4200.00."""
    if isinstance(value, Decimal) and said is not None:
        return Decimal(said) == value
    return bool(said == _plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Member):
        return value.pk
    return value if value is None else str(value)

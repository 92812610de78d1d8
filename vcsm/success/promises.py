"""Promises to a contact: made by a member, and kept or withdrawn by one, for both to see."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction

from vcsm.accounts.models import Contact, Member
from vcsm.success.broadcast import home_changed
from vcsm.success.models import Promise

SHOWN_AFTER = timedelta(days=30)
"""How long a contact still sees a promise after it was settled."""


MADE_AGAIN = timedelta(minutes=2)
"""Within it the same words of the same member are one promise: the answer to the first was lost."""


@transaction.atomic
def make_promise(
    *, contact: Contact, member: Member, text: str, due_at: datetime | None, now: datetime
) -> Promise:
    """Made again after a lost answer, it is there once."""
    Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    same = Promise.objects.filter(contact=contact, member=member, text=text, due_at=due_at)
    before = same.filter(state=Promise.State.OPEN, made_at__gt=now - MADE_AGAIN).first()
    if before is not None:
        return before
    promise = Promise.objects.create(
        workspace_id=contact.workspace_id,
        contact=contact,
        member=member,
        text=text,
        due_at=due_at,
        made_at=now,
    )
    home_changed(contact.pk)
    return promise


def settle_promise(
    *,
    promise_id: UUID,
    workspace_id: int,
    state: Literal["kept", "withdrawn"],
    now: datetime,
) -> Promise | None:
    """Marks a promise as kept or withdrawn; one that was settled before stays as it was.

    None: there is no such promise in this workspace.
    """
    promise = Promise.objects.filter(pk=promise_id, workspace_id=workspace_id).first()
    if promise is None:
        return None
    settled = Promise.objects.filter(pk=promise_id, state=Promise.State.OPEN).update(
        state=state, settled_at=now
    )
    if settled:
        promise.refresh_from_db()
        home_changed(promise.contact_id)
    return promise


def promises_to(contact_id: int, *, now: datetime) -> list[Promise]:
    """Returns open promises by due date, those without a date last; then those settled lately."""
    theirs = Promise.objects.filter(contact_id=contact_id).select_related("member")
    still = sorted(
        theirs.filter(state=Promise.State.OPEN),
        key=lambda one: (one.due_at is None, one.due_at or one.made_at),
    )
    lately = theirs.exclude(state=Promise.State.OPEN).filter(settled_at__gt=now - SHOWN_AFTER)
    return [*still, *lately.order_by("-settled_at")]

"""Invitations into a workspace: made, withdrawn, found by their link, accepted."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.setup.models import Invitation
from vcsm.setup.passwords import refuse_weak
from vcsm.setup.permits import ADMINS, Refused, refuse_unless

LASTS = timedelta(days=7)
OUTSIDE = "manage.py create_workspace"
"""The actor that the audit names for the invitation of a workspace's first admin."""


@transaction.atomic
def invite(
    *, by: Member, email: str, name: str, role: str, now: datetime
) -> tuple[Invitation, str]:
    """Makes an invitation; returns it and its link's secret, which cannot be read again.

    An open invitation of the same address is replaced. Raises NotPermitted, Refused.
    """
    refuse_unless(by, ADMINS, "invites members")
    if role not in Member.Role.values:
        raise Refused(f"{role!r} is not a role.")
    return hold_place(
        workspace_id=by.workspace_id, email=email, name=name, role=role, by=by, now=now
    )


def hold_place(
    *, workspace_id: int, email: str, name: str, role: str, by: Member | None, now: datetime
) -> tuple[Invitation, str]:
    """Does what `invite` does, without checking a role. Raises Refused.

    `by` is None for a workspace's first admin, whom nobody in it can invite.
    """
    # One address, one login: a member of another workspace needs another address.
    if User.objects.filter(username__iexact=email).exists():
        raise Refused(f"{email} signs in here already.")
    Invitation.objects.filter(
        workspace_id=workspace_id, email__iexact=email, settled_at=None
    ).update(settled_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        workspace_id=workspace_id,
        email=email.lower(),
        name=" ".join(name.split()),
        role=role,
        token_hash=_hash(token),
        made_by=by,
        made_at=now,
        expires_at=now + LASTS,
    )
    _note(invitation, by or OUTSIDE, now, done="invited")
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, by: Member, invitation_id: int, now: datetime) -> None:
    """Withdraws an open invitation. Raises NotPermitted, Invitation.DoesNotExist."""
    refuse_unless(by, ADMINS, "withdraws invitations")
    invitation = Invitation.objects.select_for_update().get(
        pk=invitation_id, workspace_id=by.workspace_id, settled_at=None
    )
    invitation.settled_at = now
    invitation.save(update_fields=["settled_at"])
    _note(invitation, by, now, done="withdrawn")


def withdraw_invitations_of(member: Member, *, by: Member, now: datetime) -> None:
    """Withdraws the member's open invitations, lest they come back by a link of their own."""
    rows = Invitation.objects.select_for_update().filter(
        made_by=member, settled_at=None, expires_at__gt=now
    )
    for invitation in rows.order_by("pk"):
        invitation.settled_at = now
        invitation.save(update_fields=["settled_at"])
        _note(invitation, by, now, done="withdrawn")


def find_invitation(token: str, *, now: datetime) -> Invitation | None:
    """Returns the link's open invitation; None if unknown, expired, accepted or withdrawn."""
    rows = Invitation.objects.select_related("workspace")
    return rows.filter(token_hash=_hash(token), settled_at=None, expires_at__gt=now).first()


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, now: datetime) -> Member:
    """Makes the login and the member. Raises Refused when the invitation no longer holds, the
    password is too weak or the address signs in here already."""
    invitation = find_invitation(token, now=now)
    # Checked again under a lock, because the link may have been opened twice.
    if (
        invitation is None
        or not Invitation.objects.select_for_update()
        .filter(pk=invitation.pk, settled_at=None)
        .exists()
    ):
        raise Refused("This invitation no longer holds. Ask for another one.")
    user = User(username=invitation.email, email=invitation.email)
    refuse_weak(password, user)
    try:
        user.set_password(password)
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Refused(f"{invitation.email} signs in here already.") from error
    member = Member.objects.create(
        workspace_id=invitation.workspace_id,
        user=user,
        name=" ".join(name.split())[:120] or invitation.name,
        role=invitation.role,
    )
    invitation.settled_at, invitation.accepted_by = now, member
    invitation.save(update_fields=["settled_at", "accepted_by"])
    _note(invitation, member, now, done="accepted")
    return member


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _note(invitation: Invitation, actor: Member | str, now: datetime, *, done: str) -> None:
    append_entry(
        workspace_id=invitation.workspace_id,
        kind="member",
        actor=actor,
        subject=f"invitation:{invitation.pk}",
        body={"done": done, "email": invitation.email, "role": invitation.role},
        at=now,
    )

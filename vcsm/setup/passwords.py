"""Checks and sets members' passwords."""

from datetime import datetime

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.setup.permits import Refused


def refuse_weak(password: str, user: User) -> None:
    """Raises Refused, with Django's messages, when the password is too weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def set_password(member: Member, password: str, *, how: str, now: datetime) -> None:
    """Sets a member's password, in a transaction of the caller's that also ends sign-ins. Raises
    Refused for a weak password or the present one."""
    user = User.objects.select_for_update().get(pk=member.user_id)
    refuse_weak(password, user)
    if user.check_password(password):
        raise Refused("This is the password that you have already.")
    user.set_password(password)
    user.save(update_fields=["password"])
    note_password(member, how=how, now=now)


def note_password(
    member: Member, *, how: str, now: datetime, actor: Member | str | None = None
) -> None:
    append_entry(
        workspace_id=member.workspace_id,
        kind="password",
        actor=actor or member,
        subject=f"member:{member.pk}",
        body={"how": how},
        at=now,
    )

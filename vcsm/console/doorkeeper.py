"""Notes in the workspace's audit who signed in or out, or was refused."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.audit.models import Entry

ONE_REFUSAL = timedelta(minutes=1)
"""Within this time of a refusal, further ones are not noted."""


def note_sign_in(user: AbstractBaseUser, *, now: datetime) -> None:
    _note("sign_in", Member.objects.filter(user_id=user.pk).first(), now)


def note_sign_out(user: AbstractBaseUser | AnonymousUser, *, now: datetime) -> None:
    if user.is_authenticated:
        _note("sign_out", Member.objects.filter(user_id=user.pk).first(), now)


def note_second_factor(user: User, *, on: bool, now: datetime) -> None:
    member = Member.objects.filter(user_id=user.pk).first()
    _note("second_factor", member, now, body={"on": on})


def note_signed_out_elsewhere(member: Member, *, ended: int, now: datetime) -> None:
    _note("sign_out", member, now, body={"elsewhere": ended})


def note_wrong_password(member: Member, *, now: datetime) -> None:
    """Notes a wrong password given by a signed-in member, or by whoever uses their browser."""
    if not _refused_lately(member, now):
        _note("sign_in_failed", member, now, body={"signed_in": True})


def note_refused(username: str, *, now: datetime) -> None:
    """Notes a refused sign-in with a member's name; an unknown name belongs in no audit."""
    member = Member.objects.filter(user__username=username).first()
    if member is not None and not _refused_lately(member, now):
        _note("sign_in_failed", member, now, actor="somebody who was not let in")


def _refused_lately(member: Member, now: datetime) -> bool:
    """Tells whether a refusal was noted lately: a thousand tries must not fill the chain."""
    refused = Entry.objects.filter(
        workspace_id=member.workspace_id,
        subject=f"member:{member.pk}",
        kind="sign_in_failed",
        at__gt=now - ONE_REFUSAL,
    )
    return refused.exists()


def _note(
    kind: str,
    member: Member | None,
    now: datetime,
    *,
    actor: str | None = None,
    body: Mapping[str, object] | None = None,
) -> None:
    if member is None:
        return
    append_entry(
        workspace_id=member.workspace_id,
        kind=kind,
        actor=actor or member,
        subject=f"member:{member.pk}",
        body=body or {},
        at=now,
    )

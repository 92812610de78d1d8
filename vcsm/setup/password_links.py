"""A link by e-mail with which a member who has forgotten their password chooses another.

It is signed with the present password's hash and works once, within half an hour, while it is the
newest. It goes to the stored address, never to a typed one, and it signs nobody in: a second factor
is still asked for.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q

from vcsm.accounts.models import Member
from vcsm.accounts.sign_ins import end_sign_ins
from vcsm.audit.append import append_entry
from vcsm.core.queue import enqueue_on_commit
from vcsm.setup.models import PasswordLink
from vcsm.setup.passwords import note_password, set_password
from vcsm.setup.permits import ADMINS, Refused, refuse_unless

LASTS = timedelta(minutes=30)
APART = timedelta(minutes=1)
"""The least time between two links to one member."""
NOBODY = 0
TASK = "setup.send_password_link"
SUBJECT = "A new password for VCSM"
WORDS = """Hello {name},

somebody, probably you, asked for a new password for {workspace} in VCSM. Choose it here:

{link}

The link works once, until {until} UTC. If it was not you, leave it: your password stays as it is.
"""


def can_send() -> bool:
    """Tells whether a mail server is set up, and the address that a link would lead to."""
    return bool(settings.SMTP_URL and settings.VCSM_ADDRESS)


def ask_password_link(address: str) -> None:
    """Asks for a link to the member with that name or address. An unknown one costs the same work,
    or the time would tell who is a member."""
    named = Q(user__username__iexact=address) | Q(user__email__iexact=address)
    members = Member.objects.filter(named, left_at=None, user__is_active=True)
    found = members.exclude(user__email="").order_by("pk").values_list("pk", flat=True).first()
    enqueue_on_commit(TASK, member_id=found or NOBODY)


@transaction.atomic
def ask_password_link_for(*, by: Member, member_id: int, now: datetime) -> None:
    """Asks for a link to a member, as an admin. Raises NotPermitted, Refused, DoesNotExist."""
    refuse_unless(by, ADMINS, "sends password links")
    members = Member.objects.select_related("user").defer("user__password")
    member = members.get(pk=member_id, workspace_id=by.workspace_id, left_at=None)
    if not can_send():
        raise Refused("No mail is sent from here: SMTP_URL and VCSM_ADDRESS are not both set.")
    if not member.user.email:
        raise Refused(f"No e-mail address of {member.name} is known.")
    append_entry(
        workspace_id=by.workspace_id,
        kind="member",
        actor=by,
        subject=f"member:{member.pk}",
        body={"name": member.name, "done": "password link asked for"},
        at=now,
    )
    enqueue_on_commit(TASK, member_id=member.pk)


def send_password_link(*, member_id: int, now: datetime) -> None:
    """Sends a link unless one was sent in the last minute. Raises Member.DoesNotExist, and OSError
    when the mail server fails; a retry sends the same link."""
    link = _link_to_send(member_id, now)
    if link is None:
        return
    words = WORDS.format(
        name=link.member.name,
        workspace=link.member.workspace.name,
        link=f"{settings.VCSM_ADDRESS.rstrip('/')}/console/new-password/{token_of(link)}",
        until=f"{link.made_at + LASTS:%H:%M}",
    )
    EmailMessage(SUBJECT, words, None, [link.member.user.email]).send()
    PasswordLink.objects.filter(pk=link.pk).update(sent_at=now)


def find_password_link(token: str, *, now: datetime) -> PasswordLink | None:
    """Returns the link; None if it is unknown, expired or used, or if a newer link or password
    exists."""
    number = token.partition(".")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    rows = PasswordLink.objects.select_related("member__user", "member__workspace")
    link = rows.filter(pk=int(number), used_at=None, made_at__gt=now - LASTS).first()
    if link is None or link.member.left_at or not link.member.user.is_active:
        return None
    try:
        _signer(link.member.user).unsign(token)
    except BadSignature:
        return None
    newer = PasswordLink.objects.filter(member=link.member, pk__gt=link.pk)
    return None if newer.exists() else link


@transaction.atomic
def use_password_link(*, token: str, password: str, now: datetime) -> Member:
    """Sets the password and ends all the member's sign-ins. Raises Refused."""
    link = find_password_link(token, now=now)
    if link is None or not _use_up(link, now):
        raise Refused("This link no longer holds. Ask for another one.")
    set_password(link.member, password, how="chosen by a link", now=now)
    end_sign_ins(link.member.user)
    return link.member


def token_of(link: PasswordLink) -> str:
    return _signer(link.member.user).sign(str(link.pk))


def _use_up(link: PasswordLink, now: datetime) -> bool:
    """Marks the link as used; returns True to only one of two who use it at once."""
    return PasswordLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now) == 1


@transaction.atomic
def _link_to_send(member_id: int, now: datetime) -> PasswordLink | None:
    """Makes the link, with its audit entry, before it is sent; returns None if one was sent within
    `APART`."""
    # Locked, so that two requests at once make one link.
    Member.objects.select_for_update().get(pk=member_id, left_at=None)
    rows = PasswordLink.objects.select_related("member__user", "member__workspace")
    latest = rows.filter(member_id=member_id, made_at__gt=now - APART).order_by("-pk").first()
    if latest is not None:
        return latest if latest.sent_at is None else None
    made = PasswordLink.objects.create(member_id=member_id, made_at=now)
    link = rows.get(pk=made.pk)
    note_password(link.member, how="link sent", now=now, actor="whoever asked for it")
    return link


def _signer(user: User) -> Signer:
    return Signer(sep=".", salt=f"vcsm.password_link|{user.pk}|{user.get_session_auth_hash()}")

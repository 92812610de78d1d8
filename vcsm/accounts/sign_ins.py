"""Where a member is signed in, and ending it: elsewhere, or everywhere."""

from datetime import datetime, timedelta

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from vcsm.accounts.broadcast import access_changed
from vcsm.accounts.models import Member, SignIn
from vcsm.accounts.sign_in_store import AGENT, BEGAN, EXPIRES, SessionStore

SEEN_EVERY = timedelta(minutes=1)
OLD_KEY_FOR = timedelta(seconds=10)
"""After a new one was given: until the answer that brings it has come, the browser's other tabs go
on under the old one, and without it would be told that they are signed out."""


def note_browser(request: HttpRequest, *, now: datetime) -> None:
    """In the session of somebody who signs in with this request: by what, and when."""
    request.session[AGENT] = request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")[:200]
    request.session[BEGAN] = now.isoformat()


def note_seen(session_key: str, *, now: datetime) -> None:
    """The console is open there."""
    rows = SignIn.objects.filter(session_key=session_key, seen_at__lt=now - SEEN_EVERY)
    rows.update(seen_at=now)


def sign_ins_of(user: User, *, now: datetime) -> QuerySet[SignIn]:
    """Those that are whole, the latest seen first."""
    rows = SignIn.objects.filter(user=user, state=SignIn.State.WHOLE, expire_date__gt=now)
    return rows.order_by("-seen_at", "-began_at")


@transaction.atomic
def keep_only_this(request: HttpRequest, user: User) -> int:
    """Every other sign-in of the user ends at once, half ones and open consoles included; returns
    how many. This browser's goes on under a new key: whoever has a copy of the old one is out when
    `OLD_KEY_FOR` is over."""
    assert isinstance(request.session, SessionStore)
    old, until = request.session.session_key, timezone.now() + OLD_KEY_FOR
    update_session_auth_hash(request, user)
    ended = end_sign_ins(user, but=str(request.session.session_key))
    _answer_to(str(old), request.session, until)
    return ended


def _answer_to(old: str, session: SessionStore, until: datetime) -> None:
    """What the session holds is found under its old key, too."""
    # Also if it should be stored anew under that key: it must not live on then.
    row = session.create_model_instance({**dict(session.items()), EXPIRES: until.isoformat()})
    row.session_key, row.expire_date, row.state = old, until, SignIn.State.OLD
    row.save(force_insert=True)


@transaction.atomic
def end_sign_ins(user: User, *, but: str = "") -> int:
    """Those of the user, half ones included, but the one of that session; returns how many."""
    ended, _ = SignIn.objects.filter(user=user).exclude(session_key=but).delete()
    member = Member.objects.filter(user=user).first()
    if member is not None:
        access_changed(member.workspace_id)
    return ended


def end_sign_ins_of_member(member_id: int) -> None:
    """Of a member of the workspace that is in force, which sees nobody's sign-ins itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_end_sign_ins(%s)", [member_id])


def forget_expired_sign_ins(*, now: datetime) -> int:
    """Returns how many."""
    return SignIn.objects.filter(expire_date__lte=now).delete()[0]

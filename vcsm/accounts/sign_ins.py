"""Where a member is signed in, and how sign-ins end: elsewhere, or everywhere."""

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
"""How long an old key still works: until the answer with the new one has arrived, the browser's
other tabs use the old one, and would otherwise be signed out."""


def note_browser(request: HttpRequest, *, now: datetime) -> None:
    """Notes in the session of a request that signs somebody in by which browser, and when."""
    request.session[AGENT] = request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")[:200]
    request.session[BEGAN] = now.isoformat()


def note_seen(session_key: str, *, now: datetime) -> None:
    """Notes, at most every SEEN_EVERY, that the console is open in this session."""
    rows = SignIn.objects.filter(session_key=session_key, seen_at__lt=now - SEEN_EVERY)
    rows.update(seen_at=now)


def sign_ins_of(user: User, *, now: datetime) -> QuerySet[SignIn]:
    """Returns the user's complete sign-ins, the latest seen first."""
    rows = SignIn.objects.filter(user=user, state=SignIn.State.WHOLE, expire_date__gt=now)
    return rows.order_by("-seen_at", "-began_at")


@transaction.atomic
def keep_only_this(request: HttpRequest, user: User) -> int:
    """Ends every other sign-in of the user at once, including half ones and open consoles; returns
    how many. This browser's goes on under a new key, so a copy of the old one is worthless after
    `OLD_KEY_FOR`."""
    assert isinstance(request.session, SessionStore)
    old, until = request.session.session_key, timezone.now() + OLD_KEY_FOR
    update_session_auth_hash(request, user)
    ended = end_sign_ins(user, but=str(request.session.session_key))
    _answer_to(str(old), request.session, until)
    return ended


def _answer_to(old: str, session: SessionStore, until: datetime) -> None:
    """Lets the session be found under its old key, too, until `until`."""
    # The expiry is stored inside, too: saved again under that key, it must not live longer.
    row = session.create_model_instance({**dict(session.items()), EXPIRES: until.isoformat()})
    row.session_key, row.expire_date, row.state = old, until, SignIn.State.OLD
    row.save(force_insert=True)


@transaction.atomic
def end_sign_ins(user: User, *, but: str = "") -> int:
    """Ends the user's sign-ins, half ones too, except that of session `but`; returns how many."""
    ended, _ = SignIn.objects.filter(user=user).exclude(session_key=but).delete()
    member = Member.objects.filter(user=user).first()
    if member is not None:
        access_changed(member.workspace_id)
    return ended


def end_sign_ins_of_member(member_id: int) -> None:
    """Ends the sign-ins of a member of the current workspace, by a function in the database, as a
    workspace's scope cannot see them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_end_sign_ins(%s)", [member_id])


def forget_expired_sign_ins(*, now: datetime) -> int:
    """Deletes expired sign-ins; returns how many."""
    return SignIn.objects.filter(expire_date__lte=now).delete()[0]

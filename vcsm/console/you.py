"""A member's own login, as they see and change it."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import transaction
from django.http import HttpRequest

from vcsm.accounts.limits import OWN_PASSWORD, give_back, wait_for
from vcsm.accounts.models import Member
from vcsm.accounts.second_factor import has_second_factor
from vcsm.accounts.sign_ins import keep_only_this, sign_ins_of
from vcsm.console.browser_words import browser_words
from vcsm.console.doorkeeper import note_signed_out_elsewhere, note_wrong_password
from vcsm.setup.passwords import set_password
from vcsm.setup.permits import Refused


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that the member is signed in with; `this` is the one that asks."""

    browser: str
    began_at: datetime
    seen_at: datetime
    this: bool


@dataclass(frozen=True, slots=True)
class You:
    name: str
    signs_in_as: str
    email: str
    role: str
    second_factor: bool
    second_factor_asked: bool
    """Whether the workspace requires one of every member."""
    rules: list[str]
    """The rules for a new password, in sentences."""
    browsers: list[SignedIn]


class TooMany(Exception):
    """Too many wrong passwords; the next try is allowed in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many tries. Try again in {ceil(seconds / 60)} min.")
        self.seconds = seconds


def read_you(request: HttpRequest, member: Member, *, now: datetime) -> You:
    user = _user(member)
    here = request.session.session_key
    return You(
        name=member.name,
        signs_in_as=user.get_username(),
        email=user.email,
        role=member.role,
        second_factor=has_second_factor(user.pk),
        second_factor_asked=member.workspace.second_factor_required,
        rules=password_validators_help_texts(),
        browsers=[
            SignedIn(browser_words(row.agent), row.began_at, row.seen_at, row.session_key == here)
            for row in sign_ins_of(user, now=now)
        ],
    )


def change_password(
    request: HttpRequest, member: Member, *, current: str, new: str, now: datetime
) -> User:
    """Changes the member's password and ends all other sign-ins. Raises TooMany, and Refused for a
    wrong current or a bad new password."""
    share = (OWN_PASSWORD, str(member.user_id))
    waited = wait_for(*share)
    if waited:
        raise TooMany(waited)
    if not _user(member).check_password(current):
        note_wrong_password(member, now=now)
        raise Refused("This is not your current password.")
    give_back([share])
    with transaction.atomic():
        set_password(member, new, how="changed", now=now)
        user = _user(member)
        keep_only_this(request, user)
    return user


@transaction.atomic
def sign_out_elsewhere(request: HttpRequest, member: Member, *, now: datetime) -> int:
    """Ends the member's other sign-ins; returns how many."""
    ended = keep_only_this(request, _user(member))
    note_signed_out_elsewhere(member, ended=ended, now=now)
    return ended


def _user(member: Member) -> User:
    """Returns the user with the password's hash, which no workspace's scope may read."""
    return User.objects.get(pk=member.user_id)

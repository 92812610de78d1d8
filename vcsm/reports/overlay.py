"""The friction of one page, element by element, for a member who looks at it on the page itself.

It is opened by a pass: signed, for one member of one workspace, valid for a quarter of an hour. It
shows counts, never who was counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt
from django.conf import settings

from vcsm.accounts.models import Member
from vcsm.problems.lifecycle import WORDS
from vcsm.reports.asked import Asked
from vcsm.reports.friction import lines_of
from vcsm.reports.friction_count import count_places, revenue_of
from vcsm.reports.held import hold

GOOD_FOR = timedelta(minutes=15)
PERIOD = timedelta(days=7)
MOST = 200
_FOR = "vcsm:inspect"


@dataclass(frozen=True, slots=True)
class Spot:
    """One kind of friction at one element, or without an element, on the whole page."""

    element: str
    name: str
    kind: str
    words: str
    sessions: int
    seen: int
    share: float
    share_low: float
    share_high: float


class NoPass(Exception):
    """The pass is not ours, has run out, or its member has left; the message says which."""


def make_pass(member: Member, *, now: datetime) -> str:
    """Returns a signed pass for the member, valid from `now` for GOOD_FOR."""
    told = {
        "aud": _FOR,
        "sub": str(member.pk),
        "workspace": member.workspace_id,
        "exp": int((now + GOOD_FOR).timestamp()),
    }
    return jwt.encode(told, settings.SECRET_KEY, algorithm="HS256")


def check_pass(token: str, *, workspace_id: int, now: datetime) -> None:
    """Raises `NoPass` unless the token opens this workspace's pages at `now`."""
    try:
        told = jwt.decode(
            token,
            settings.SECRET_KEY,
            algorithms=["HS256"],
            audience=_FOR,
            options={"verify_exp": False, "require": ["exp", "sub", "aud"]},
        )
    except jwt.InvalidTokenError as error:
        raise NoPass("This pass is not valid.") from error
    if told["exp"] <= now.timestamp():
        raise NoPass("The pass has run out; open the page from the console again.")
    member = Member.objects.filter(pk=int(told["sub"]), workspace_id=workspace_id, left_at=None)
    if told.get("workspace") != workspace_id or not member.exists():
        raise NoPass("The pass is for another workspace, or its member has left.")


def spots_of(*, workspace_id: int, page: str, until: datetime) -> list[Spot]:
    """Returns the page's friction of the last seven days, most sessions hit first, at most MOST."""
    held = hold(Asked(workspace_id, until - PERIOD, until))
    counts = count_places(held.period.hits, revenue_of(held.period.hits))
    there = [
        line for line in lines_of(counts, held, {}, slice(None)) if line.page == page and line.kind
    ]
    there.sort(key=lambda line: (-line.sessions, line.element, line.kind))
    return [
        Spot(
            element=line.element,
            name=line.element_name,
            kind=line.kind,
            words=WORDS.get(line.kind, line.kind),
            sessions=line.sessions,
            seen=line.seen,
            share=line.share,
            share_low=line.share_low,
            share_high=line.share_high,
        )
        for line in there[:MOST]
    ]

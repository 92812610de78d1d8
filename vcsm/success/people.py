"""Who looks after a contact, whether they are there, and when they can be expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from vcsm.accounts.models import Member
from vcsm.success.models import OfficeHours, Presence

THERE_FOR = timedelta(seconds=75)
"""How long a sign from a console counts: it comes every 30 seconds, and one may get lost."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member as a contact sees them."""

    name: str
    present: bool
    next_at: datetime | None
    """When they will next be there; None while they are there, or if they keep no hours."""


def note_present(member_id: int, *, now: datetime) -> None:
    """Stores that the member's console is open now."""
    Presence.objects.update_or_create(member_id=member_id, defaults={"seen_at": now})


def person_of(member: Member | None, *, now: datetime) -> Person | None:
    """Returns the member as a contact sees them; None for None."""
    if member is None:
        return None
    seen = Presence.objects.filter(member=member, seen_at__gt=now - THERE_FOR).exists()
    hours = OfficeHours.objects.filter(member=member).first()
    return Person(
        name=member.name,
        present=seen,
        next_at=None if seen or hours is None else next_opening(hours, now),
    )


def next_opening(hours: OfficeHours, now: datetime) -> datetime | None:
    """Returns when the office next opens: `now` while it is open, None if no weekday is named."""
    zone = ZoneInfo(hours.zone)
    for opens, closes in _spans(hours, now.astimezone(zone)):
        if now < closes:
            return max(now, opens)
    return None


def _spans(hours: OfficeHours, local: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yields openings from yesterday's on, because an evening's hours may end after midnight."""
    for days in range(-1, 8):
        day = (local + timedelta(days=days)).date()
        if day.weekday() in hours.weekdays:
            opens = datetime.combine(day, hours.opens, local.tzinfo)
            overnight = timedelta(days=1 if hours.closes <= hours.opens else 0)
            yield opens, datetime.combine(day + overnight, hours.closes, local.tzinfo)

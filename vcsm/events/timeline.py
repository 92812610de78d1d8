"""Tells a member in words what happened in a contact's sessions, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from vcsm.events import kinds
from vcsm.events.sessions import decode_event

# Measurements and focus changes would bury the story; questions are shown in the conversation.
_READ = """
SELECT session_id, sequence, position, kind, at, page, element, body::text
FROM events_event
WHERE session_id = ANY(%s) AND at <= %s
  AND (at, session_id, sequence, position) < (%s, %s, %s, %s)
  AND kind NOT IN ('vital', 'cursor', 'visibility', 'question')
  AND (kind <> 'input' OR body->>'how' IN ('invalid', 'submit'))
ORDER BY at DESC, session_id DESC, sequence DESC, position DESC
LIMIT %s
"""
_LAST = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Position of an event among all of a contact's events, in the order of the timeline."""

    at: datetime
    session_id: UUID = _LAST
    sequence: int = 2**31 - 1
    position: int = 2**15 - 1


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event, described for a reader."""

    place: EventPlace
    kind: str
    page: str
    element: str
    text: str


def events_before(
    *, session_ids: Sequence[UUID], before: EventPlace, limit: int
) -> list[EventLine]:
    """Returns up to `limit` events of the sessions that come before `before`, newest first."""
    key = (before.at, before.session_id, before.sequence, before.position)
    with connection.cursor() as cursor:
        cursor.execute(_READ, (list(session_ids), before.at, *key, limit))
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[UUID, int, int, str, datetime, str, str | None, str]) -> EventLine:
    session_id, sequence, position, kind, at, page, element, body = row
    return EventLine(
        place=EventPlace(at, session_id, sequence, position),
        kind=kind,
        page=page,
        element=element or "",
        text=describe_event(decode_event(body)),
    )


def describe_event(event: kinds.Any) -> str:
    """Describes an event in one short sentence, without any value typed into the page."""
    match event:
        case kinds.Page():
            return f"{_PAGES[event.how]} {event.title or event.page}"
        case kinds.Click():
            return f"Clicked {_named(event.element)}"
        case kinds.Verdict():
            return f"{_VERDICTS[event.verdict]}: {_named(event.element)}"
        case kinds.Burst():
            return f"{event.clicks} clicks on {_named(event.element)}: {_BURSTS[event.verdict]}"
        case kinds.Input():
            return f"{_INPUTS.get(event.how, 'Worked on')} {event.form or _named(event.element)}"
        case kinds.Error():
            return f"Page error: {event.message}"
        case kinds.Request():
            outcome = event.status or "no answer"
            return f"{event.method} {event.route}: {outcome} after {event.took:.0f} ms"
        case _:
            return _describe_report(event)


def _describe_report(event: kinds.Any) -> str:
    match event:
        case kinds.Track():
            return f"Reported {event.name}"
        case kinds.Search():
            found = "" if event.results is None else f" ({event.results} found)"
            return f"Searched for “{event.query}”{found}"
        case kinds.Question():
            return f"Asked: {event.text}"
        case kinds.Visibility():
            return "Left the tab" if event.state == "hidden" else "Came back to the tab"
        case kinds.Vital():
            return f"{event.metric} {event.value:.0f}"
        case _:
            return "Moved the pointer quickly to and fro"


def _named(element: kinds.Element) -> str:
    return element.name or element.role or element.id


_PAGES = {
    "load": "Opened",
    "reload": "Reloaded",
    "push": "Went to",
    "replace": "Went to",
    "back": "Went back to",
    "hash": "Jumped within",
    "restore": "Came back to",
}
_VERDICTS = {
    "answered": "Answered late",
    "slow": "Slow answer",
    "dead": "Nothing happened",
    "disabled": "Clicked something disabled",
    "error": "Failed after the click",
    "dead_swipe": "Swipe did nothing",
}
_BURSTS = {"rage": "unanswered", "repeat_use": "repeated use that worked"}
_INPUTS = {"invalid": "Was refused by", "submit": "Submitted", "reset": "Emptied"}

"""Reads lines in the shape Segment exports (https://segment.com/docs/connections/spec). Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from vcsm.events import kinds
from vcsm.events.page_names import page_of
from vcsm.problems.segment_times import clock_behind, read_moment

_SEARCHES = ("search", "searched", "products searched", "product searched")
_TIMES = ("timestamp", "originalTimestamp", "sentAt", "receivedAt")
_TELLS_ONLY = ("identify", "group", "alias")
_BIGGEST = 2**63
"""A property's whole number must be smaller: nothing that reads events takes a larger one."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a line is about; `known` when the id is a user's, given by the product."""

    id: str
    known: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `event` is None where it only tells who somebody is."""

    person: Person
    message: str
    at: datetime
    event: kinds.Any | None
    name: str = ""
    email: str = ""
    account: str = ""
    account_name: str = ""
    plan: str = ""
    release: str = ""
    also: tuple[Person, ...] = ()
    """Other ids that the line says are theirs."""


class NotALine(ValueError):
    """A line cannot be read; the message says why."""


def read_line(text: bytes | str) -> Line:
    """Reads one line. Raises NotALine with a reason fit to be shown."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotALine(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise NotALine("not an object")
    context = _part(found, "context")
    kind = _text(found, "type").lower()
    is_group = kind == "group"
    traits = _part(found, "traits") or ({} if is_group else _part(context, "traits"))
    company = _part(traits, "company")
    person, at = _person(found), _moment(found)
    return Line(
        person=person,
        message=_id(found, "messageId", "message_id"),
        at=at,
        event=_event(found, context, kind, int(at.timestamp() * 1000)),
        name="" if is_group else _name(traits),
        email="" if is_group else _text(traits, "email"),
        account=_id(found, "groupId", "group_id") or _id(context, "groupId") or _id(company, "id"),
        account_name=_text(traits, "name") if is_group else _text(company, "name"),
        plan=_text(traits, "plan") or _text(company, "plan"),
        release=_text(_part(context, "app"), "version")[:60],
        also=_also(found, kind, person),
    )


def _person(found: dict[str, Any]) -> Person:
    known = _id(found, "userId", "user_id")
    anonymous = _id(found, "anonymousId", "anonymous_id")
    if not known and not anonymous:
        raise NotALine("neither userId nor anonymousId")
    return Person(known or anonymous, bool(known))


def _also(found: dict[str, Any], kind: str, person: Person) -> tuple[Person, ...]:
    """Returns the person's other ids, which only a known person has. The `previousId` of an alias
    may be either kind of id, so it counts as both."""
    if not person.known:
        return ()
    anonymous = _id(found, "anonymousId", "anonymous_id")
    also = [Person(anonymous, known=False)] if anonymous else []
    previous = _id(found, "previousId", "previous_id") if kind == "alias" else ""
    if previous:
        also += [Person(previous, known=False), Person(previous, known=True)]
    return tuple(also)


def _moment(found: dict[str, Any]) -> datetime:
    """Returns Segment's `timestamp`, or what it would be where the line has none yet."""
    value = next((one for key in _TIMES if (one := found.get(key)) not in (None, "")), None)
    if value is None:
        raise NotALine("no timestamp")
    try:
        at = read_moment(value)
        if found.get("timestamp") in (None, ""):
            at += clock_behind(sent=found.get("sentAt"), received=found.get("receivedAt"))
        return at
    except (ValueError, TypeError, OverflowError) as error:
        raise NotALine(f"{str(value)[:60]!r} is not a time: {error}") from error


def _event(found: dict[str, Any], context: dict[str, Any], kind: str, at: int) -> kinds.Any | None:
    properties = _part(found, "properties")
    page = _page(properties, _part(context, "page"))
    name = (_text(found, "event") or _text(found, "name"))[:120]
    if kind in ("page", "screen"):
        page = page or page_of(f"/{name}")
        return kinds.Page(at=at, page=page, title=_text(properties, "title")[:120] or name)
    if kind in _TELLS_ONLY:
        return None
    if kind != "track":
        told = repr(found.get("type"))[:40]
        raise NotALine(f"type {told} is none of page, screen, track, identify, group, alias")
    if not name:
        raise NotALine("a track without the name of its event")
    query = _text(properties, "query")
    if name.lower() in _SEARCHES and query:
        return kinds.Search(at=at, page=page, query=query[:120], results=_count(properties))
    if "error" in name.lower():
        said = _text(properties, "message") or name
        return kinds.Error(at=at, page=page, message=said[:2000])
    return kinds.Track(at=at, page=page, name=name, properties=_plain(properties))


def _page(properties: dict[str, Any], where: dict[str, Any]) -> str:
    return page_of(
        _text(properties, "path") or _text(where, "path"),
        _text(properties, "url") or _text(where, "url"),
    )


def _plain(properties: dict[str, Any]) -> dict[str, str | int | float | bool | None]:
    plain: dict[str, str | int | float | bool | None] = {}
    for key, value in list(properties.items())[:50]:
        if isinstance(value, str):
            plain[_clean(key)[:64]] = _clean(value)[:500]
        elif value is None or (isinstance(value, int | float) and abs(value) < _BIGGEST):
            plain[_clean(key)[:64]] = value
    return plain


def _count(properties: dict[str, Any]) -> int | None:
    for key in ("results", "result_count", "results_count", "total"):
        value = properties.get(key)
        if isinstance(value, str) and value.isdecimal() and len(value) < 8:
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000:
            return value
    products = properties.get("products")
    return len(products) if isinstance(products, list) else None


def _name(traits: dict[str, Any]) -> str:
    both = " ".join((_text(traits, "firstName"), _text(traits, "lastName"))).strip()
    return _text(traits, "name") or both


def _part(found: Any, key: str) -> dict[str, Any]:
    value = found.get(key) if isinstance(found, dict) else None
    return value if isinstance(value, dict) else {}


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    return _clean(value) if isinstance(value, str) else ""


def _id(found: dict[str, Any], *keys: str) -> str:
    """Returns the first of these ids that is there; some products use numbers."""
    for key in keys:
        value = found.get(key)
        # 0 means nobody, as an empty text does.
        if value and isinstance(value, str | int) and value is not True:
            return _clean(str(value))[:120]
    return ""


def _clean(text: str) -> str:
    """Returns the text trimmed and without NUL characters, which no database accepts."""
    return text.replace("\x00", "").strip()

"""Reads lines in the shape Segment exports (https://segment.com/docs/connections/spec): pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from vcsm.events import kinds

_SEARCHES = ("search", "searched", "products searched", "product searched")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a line speaks of; `known` when the product has told their id."""

    id: str
    known: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `event` is empty where it only tells who somebody is."""

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


class NotALine(ValueError):
    """Why a line cannot be read."""


def read_line(text: bytes | str) -> Line:
    """Raises NotALine with a reason fit to be shown."""
    try:
        found = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise NotALine(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise NotALine("not an object")
    context, traits = _part(found, "context"), _part(found, "traits")
    group = str(found.get("groupId") or _part(context, "groupId") or "")
    company = _part(traits, "company")
    is_group = found.get("type") == "group"
    return Line(
        person=_person(found),
        message=str(found.get("messageId") or found.get("message_id") or ""),
        at=_moment(found),
        event=_event(found, context),
        name="" if is_group else _text(traits, "name"),
        email=_text(traits, "email"),
        account=group[:120] or _text(company, "id")[:120],
        account_name=_text(traits, "name") if is_group else _text(company, "name"),
        plan=_text(traits, "plan") or _text(company, "plan"),
        release=_text(_part(context, "app"), "version")[:60],
    )


def _person(found: dict[str, Any]) -> Person:
    known = found.get("userId") or found.get("user_id")
    anonymous = found.get("anonymousId") or found.get("anonymous_id")
    if not known and not anonymous:
        raise NotALine("neither userId nor anonymousId")
    return Person(str(known or anonymous)[:120], bool(known))


def _moment(found: dict[str, Any]) -> datetime:
    text = found.get("timestamp") or found.get("originalTimestamp") or found.get("sentAt")
    if not text:
        raise NotALine("no timestamp")
    try:
        moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError as error:
        raise NotALine(f"{text!r} is no time") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not 2000 <= moment.year < 2100:
        raise NotALine(f"{text!r} is no time of ours")
    return moment.astimezone(UTC)


def _event(found: dict[str, Any], context: dict[str, Any]) -> kinds.Any | None:
    kind, properties = found.get("type"), _part(found, "properties")
    at = int(_moment(found).timestamp() * 1000)
    path = _text(properties, "path") or _text(_part(context, "page"), "path")
    page = path.split("?")[0][:512]
    name = str(found.get("event") or found.get("name") or "")[:120]
    if kind in ("page", "screen"):
        page = page or f"/{name}"[:512]
        return kinds.Page(at=at, page=page, title=_text(properties, "title")[:120] or name)
    if kind != "track" or not name:
        if kind in ("identify", "group", "alias"):
            return None
        raise NotALine(f"type {kind!r} is none of page, screen, track, identify, group, alias")
    query = _text(properties, "query")
    if name.lower() in _SEARCHES and query:
        return kinds.Search(at=at, page=page, query=query[:120], results=_count(properties))
    if "error" in name.lower():
        said = _text(properties, "message") or name
        return kinds.Error(at=at, page=page, message=said[:2000])
    return kinds.Track(at=at, page=page, name=name, properties=_plain(properties))


def _plain(properties: dict[str, Any]) -> dict[str, str | int | float | bool | None]:
    return {
        str(key)[:64]: value[:500] if isinstance(value, str) else value
        for key, value in list(properties.items())[:50]
        if value is None or isinstance(value, str | int | float | bool)
    }


def _count(properties: dict[str, Any]) -> int | None:
    for key in ("results", "result_count", "results_count", "total"):
        value = properties.get(key)
        if isinstance(value, int) and 0 <= value <= 1_000_000:
            return value
    products = properties.get("products")
    return len(products) if isinstance(products, list) else None


def _part(found: Any, key: str) -> dict[str, Any]:
    value = found.get(key) if isinstance(found, dict) else None
    return value if isinstance(value, dict) else {}


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else ""

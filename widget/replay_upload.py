"""`POST /widget/replay`: a widget sends a chunk of its session's replay.

It uses HTTP rather than the socket: half a megabyte in front of a contact's message or click would
hold both up, and a refusal here costs the socket nothing. It is plain ASGI rather than a view,
because a view is called once the whole body is there; here everything is checked before the first
byte of it is read, and reading stops at the limit.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from vcsm.core.counts import REPLAYS_SHED
from vcsm.replay.store import NotAccepted, check_welcome, store_chunk
from vcsm.replay.unpack import MAX_PACKED, BadReplay, unpack_replay
from widget import contact
from widget.database import in_database
from widget.http import (
    Receive,
    Refusal,
    Send,
    allowing,
    answer,
    asking_origin,
    check_length,
    headers_of,
    read_body,
    refuse,
)
from widget.keys import Door
from widget.road import event_road

MAX_AT_ONCE = 4
"""Uploads that one process reads and unpacks at a time."""
MAX_LOAD = 0.1
"""Share of the event queue in use above which replays are refused: they can wait best."""
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STATUS = {"wrong_session": 403, "replay_off": 403, "not_asked": 409, "full": 409}
_TOO_LARGE = ("too_large", "too_large_unpacked")

_running = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """What a request states about its body."""

    session: UUID
    browser: UUID
    sequence: int
    at: int
    """The browser's clock when it sent this, in milliseconds."""
    packed: bool


async def replay_upload(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """ASGI application. 204: stored, now or before; otherwise JSON with `code` and `detail`."""
    headers = headers_of(scope)
    query = parse_qs(scope["query_string"].decode("latin-1"))
    origin = asking_origin(scope, headers)
    door = await contact.open_door(query.get("key", [""])[0], origin)
    allowed = [] if door is None else allowing(origin, b"POST")
    try:
        if door is None:
            raise Refusal(403, "forbidden", "This key is not for pages of this origin.")
        if scope["method"] == "POST":
            await _take(door, _parse(query, headers), headers, receive)
        elif scope["method"] != "OPTIONS":
            raise Refusal(405, "method", "Use POST.")
    except Refusal as refusal:
        await refuse(send, refusal, allowed)
    else:
        await answer(send, 204, allowed)


async def _take(door: Door, upload: Upload, headers: dict[str, str], receive: Receive) -> None:
    global _running
    if _running >= MAX_AT_ONCE or event_road().load > MAX_LOAD:
        REPLAYS_SHED.inc()
        raise Refusal(503, "overloaded", "Replays wait while there is more urgent work.")
    check_length(headers, limit=MAX_PACKED, what="chunk")
    _running += 1
    try:
        now = datetime.now(UTC)
        await _check(door, upload, now)
        body = await read_body(receive, limit=MAX_PACKED, what="chunk")
        await _store(door, upload, body, now)
    finally:
        _running -= 1


@in_database
def _check(door: Door, upload: Upload, now: datetime) -> None:
    _welcome(door, upload, now)


@in_database
def _store(door: Door, upload: Upload, body: bytes, now: datetime) -> None:
    try:
        store_chunk(
            session=_welcome(door, upload, now),
            sequence=upload.sequence,
            chunk=unpack_replay(body, packed=upload.packed),
            offset_ms=int(now.timestamp() * 1000) - upload.at,
            now=now,
        )
    except BadReplay as error:
        status = 413 if error.code in _TOO_LARGE else 400
        raise Refusal(status, error.code, str(error)) from error
    except NotAccepted as error:
        raise Refusal(_STATUS[error.code], error.code, str(error)) from error


def _welcome(door: Door, upload: Upload, now: datetime) -> Any:
    try:
        return check_welcome(
            session_id=upload.session,
            browser_id=upload.browser,
            workspace_id=door.workspace_id,
            now=now,
        )
    except NotAccepted as error:
        raise Refusal(_STATUS[error.code], error.code, str(error)) from error


def _parse(query: dict[str, list[str]], headers: dict[str, str]) -> Upload:
    session, sequence, at = (query.get(name, [""])[0] for name in ("session", "sequence", "at"))
    browser = headers.get("x-vcsm-browser", "")
    kinds = {"application/gzip": True, "application/json": False}
    kind = headers.get("content-type", "").split(";")[0].strip()
    if not (_UUID.fullmatch(session) and _UUID.fullmatch(browser)):
        raise Refusal(400, "invalid", "`session` and `x-vcsm-browser` are UUIDs.")
    if not re.fullmatch("[1-9][0-9]{0,8}", sequence):
        raise Refusal(400, "invalid", "`sequence` counts up from 1.")
    if not re.fullmatch("[0-9]{1,13}", at):
        raise Refusal(400, "invalid", "`at` is the browser's clock in milliseconds.")
    if kind not in kinds:
        raise Refusal(415, "invalid", "The body is application/gzip or application/json.")
    return Upload(UUID(session), UUID(browser), int(sequence), int(at), kinds[kind])

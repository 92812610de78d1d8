"""`/widget/file`: a contact sends a file (POST) or reads back one they have sent (GET).

Files travel over HTTP because a picture on the socket would hold up every message behind it. The
widget makes a file's id, so a resend is harmless; a message then says which files belong to it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, quote
from uuid import UUID

import msgspec

from vcsm.accounts.models import Browser
from vcsm.conversations.attachments import NotKept, file_for_contact, keep_file
from vcsm.conversations.broadcast import file_of
from vcsm.conversations.file_check import MAX_FILE, RefusedFile, check_file
from vcsm.conversations.models import Attachment
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

MAX_AT_ONCE = 2
"""Files that one process reads and decodes at a time: a decoded picture is many times its file."""
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TOO_LARGE = ("too_large", "too_many_pixels")

_running = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The file, browser and file name that a request states."""

    file: UUID
    browser: UUID
    name: str


async def contact_file(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """ASGI application. 201: kept, now or before; 200: the file; otherwise `code` and `detail`."""
    headers = headers_of(scope)
    query = parse_qs(scope["query_string"].decode("latin-1"))
    origin = asking_origin(scope, headers)
    door = await contact.open_door(query.get("key", [""])[0], origin)
    allowed = [] if door is None else allowing(origin, b"GET, POST")
    try:
        if door is None:
            raise Refusal(403, "forbidden", "This key is not for pages of this origin.")
        if scope["method"] == "OPTIONS":
            await answer(send, 204, allowed)
        elif scope["method"] == "POST":
            body = msgspec.json.encode(await _take(door, _parse(query, headers), headers, receive))
            await answer(send, 201, [*allowed, (b"content-type", b"application/json")], body)
        elif scope["method"] == "GET":
            await _give(door, _parse(query, headers), send, allowed)
        else:
            raise Refusal(405, "method", "Use GET or POST.")
    except Refusal as refusal:
        await refuse(send, refusal, allowed)


async def _take(
    door: Door, asked: Asked, headers: dict[str, str], receive: Receive
) -> dict[str, Any]:
    global _running
    if _running >= MAX_AT_ONCE:
        raise Refusal(503, "overloaded", "Other files are being read; try again.")
    check_length(headers, limit=MAX_FILE, what="file")
    _running += 1
    try:
        await _check_browser(door, asked)
        body = await read_body(receive, limit=MAX_FILE, what="file")
        return await _keep(door, asked, body, datetime.now(UTC))
    finally:
        _running -= 1


@in_database
def _check_browser(door: Door, asked: Asked) -> None:
    """Refuses an unknown browser before the body is read, so that strangers cause no work."""
    if not Browser.objects.filter(pk=asked.browser, workspace_id=door.workspace_id).exists():
        raise Refusal(403, "wrong_browser", "Say hello on the socket first.")


@in_database
def _keep(door: Door, asked: Asked, body: bytes, now: datetime) -> dict[str, Any]:
    try:
        checked = check_file(name=asked.name, data=body)
        return file_of(
            keep_file(file_id=asked.file, browser_id=asked.browser, file=checked, now=now)
        )
    except RefusedFile as error:
        raise Refusal(413 if error.code in _TOO_LARGE else 415, error.code, str(error)) from error
    except NotKept as error:
        status = 429 if error.code == "too_many" else 409
        raise Refusal(status, error.code, str(error)) from error


@in_database
def _find(door: Door, asked: Asked) -> Attachment | None:
    return file_for_contact(
        file_id=asked.file, browser_id=asked.browser, workspace_id=door.workspace_id
    )


async def _give(door: Door, asked: Asked, send: Send, allowed: list[tuple[bytes, bytes]]) -> None:
    found = await _find(door, asked)
    if found is None:
        raise Refusal(404, "unknown", "No such file of this browser.")
    await answer(send, 200, [*allowed, *file_headers(found)], bytes(found.data))


def file_headers(file: Attachment) -> list[tuple[bytes, bytes]]:
    """Returns headers that have the file saved, not shown, and without rights if shown anyway."""
    return [
        (b"content-type", file.kind.encode()),
        (b"content-disposition", f"attachment; filename*=UTF-8''{quote(file.name)}".encode()),
        (b"content-security-policy", b"default-src 'none'; sandbox"),
    ]


def _parse(query: dict[str, list[str]], headers: dict[str, str]) -> Asked:
    file, browser = query.get("id", [""])[0], headers.get("x-vcsm-browser", "")
    if not (_UUID.fullmatch(file) and _UUID.fullmatch(browser)):
        raise Refusal(400, "invalid", "`id` and `x-vcsm-browser` are UUIDs.")
    return Asked(UUID(file), UUID(browser), query.get("name", ["file"])[0][:500])

"""`GET /widget/inspect?key=&page=`: the friction of a page's elements, for a member with a pass."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import msgspec

from vcsm.reports.overlay import NoPass, check_pass, spots_of
from widget import contact
from widget.database import in_database
from widget.http import (
    Receive,
    Refusal,
    Send,
    allowing,
    answer,
    asking_origin,
    headers_of,
    refuse,
)
from widget.keys import Door

LONGEST_PAGE = 512


async def inspect(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """ASGI application. 200 with `{"spots": […]}`, otherwise JSON with `code` and `detail`."""
    headers = headers_of(scope)
    query = parse_qs(scope["query_string"].decode("latin-1"))
    door = await contact.open_door(query.get("key", [""])[0], asking_origin(scope, headers))
    allowed = [] if door is None else _allowing(door.origin)
    try:
        if door is None:
            raise Refusal(403, "forbidden", "This key is not for pages of this origin.")
        if scope["method"] == "OPTIONS":
            return await answer(send, 204, allowed)
        if scope["method"] != "GET":
            raise Refusal(405, "method", "Use GET.")
        token = headers.get("authorization", "").removeprefix("Bearer ")[:2_000]
        page = query.get("page", [""])[0][:LONGEST_PAGE]
        spots = await _look(door, token, page, datetime.now(UTC))
    except Refusal as refusal:
        await refuse(send, refusal, allowed)
    else:
        await answer(send, 200, [*allowed, (b"content-type", b"application/json")], spots)


@in_database
def _look(door: Door, token: str, page: str, now: datetime) -> bytes:
    try:
        check_pass(token, workspace_id=door.workspace_id, now=now)
    except NoPass as error:
        raise Refusal(403, "no_pass", str(error)) from error
    spots = spots_of(workspace_id=door.workspace_id, page=page, until=now)
    return msgspec.json.encode({"spots": [asdict(one) for one in spots]})


def _allowing(origin: str) -> list[tuple[bytes, bytes]]:
    headers = dict(allowing(origin, b"GET"))
    headers[b"access-control-allow-headers"] = b"authorization"
    return list(headers.items())

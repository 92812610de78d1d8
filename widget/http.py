"""What the widget's HTTP doors share: plain ASGI, with checks before a body is read."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from django.conf import settings

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

READ_SECONDS = 20
RETRY_AFTER = "15"


class Refusal(Exception):
    """A request is refused; carries the status, code and detail of the answer."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code


def headers_of(scope: dict[str, Any]) -> dict[str, str]:
    """Returns the request's headers by name, in lower case as ASGI has them."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def asking_origin(scope: dict[str, Any], headers: dict[str, str]) -> str:
    """Returns the origin of the page that asks; empty if nothing states it.

    If product and VCSM share an origin, a browser leaves `Origin` out of requests that only read
    (Fetch, section 3.2). `Sec-Fetch-Site`, which no script can write, then says that the page is
    of the same origin.
    """
    if "origin" in headers or headers.get("sec-fetch-site") != "same-origin":
        return headers.get("origin", "")
    behind_https = bool(settings.SECURE_PROXY_SSL_HEADER)
    forwarded = headers.get("x-forwarded-proto", "") if behind_https else ""
    return f"{forwarded or scope.get('scheme', 'http')}://{headers.get('host', '')}"


async def read_body(receive: Receive, *, limit: int, what: str) -> bytes:
    """Returns the whole body; raises `Refusal` if it is over `limit` bytes, too slow or cut off."""
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refusal(400, "cut_off", "The body did not come whole.")
                body += message.get("body", b"")
                if len(body) > limit:
                    raise Refusal(413, "too_large", f"A {what} may hold {limit} bytes.")
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise Refusal(408, "too_slow", f"The body took over {READ_SECONDS} s.") from None


def check_length(headers: dict[str, str], *, limit: int, what: str) -> None:
    """Raises `Refusal` if the stated length is over `limit` bytes, before any body is read."""
    length = headers.get("content-length", "")
    if length.isdigit() and (len(length) > 9 or int(length) > limit):
        raise Refusal(413, "too_large", f"A {what} may hold {limit} bytes.")


def allowing(origin: str, methods: bytes) -> list[tuple[bytes, bytes]]:
    """Returns cross-origin headers (Fetch, section 3.3) for an allowed origin; no credentials."""
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-methods", methods),
        (b"access-control-allow-headers", b"content-type, x-vcsm-browser"),
        (b"access-control-expose-headers", b"retry-after"),
        (b"access-control-max-age", b"600"),
        (b"vary", b"origin"),
    ]


async def refuse(send: Send, refusal: Refusal, headers: list[tuple[bytes, bytes]]) -> None:
    body = msgspec.json.encode({"code": refusal.code, "detail": str(refusal)})
    extra = [(b"content-type", b"application/json")]
    if refusal.status == 503:
        extra.append((b"retry-after", RETRY_AFTER.encode()))
    await answer(send, refusal.status, [*headers, *extra], body)


async def answer(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes = b""
) -> None:
    safe = [*headers, (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    if status != 204:
        safe.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": safe})
    await send({"type": "http.response.body", "body": body})

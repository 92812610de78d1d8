"""A widget as the server sees it: one socket, frames in and out."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from websockets.sync.client import ClientConnection, connect

from tests.stack import Stack


class WidgetClient:
    def __init__(self, connection: ClientConnection, session: str, browser: str) -> None:
        self.connection = connection
        self.session, self.browser = session, browser

    def send(self, **frame: Any) -> None:
        self.connection.send(json.dumps(frame))

    def hello(self, **more: Any) -> dict[str, Any]:
        self.send(type="hello", session=self.session, browser=self.browser, at=now_ms(), **more)
        return self.expect("welcome")

    def events(self, sequence: int, *events: dict[str, Any]) -> None:
        self.send(type="events", sequence=sequence, events=list(events))

    def next(self, timeout: float = 30) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self.connection.recv(timeout=timeout))
        return frame

    def expect(self, kind: str, timeout: float = 30) -> dict[str, Any]:
        """Returns the next frame of this type; frames of other types before it are skipped."""
        deadline = time.monotonic() + timeout
        while True:
            frame = self.next(timeout=max(0.01, deadline - time.monotonic()))
            if frame["type"] == kind:
                return frame


@contextmanager
def widget(
    stack: Stack,
    key: str,
    *,
    session: str | None = None,
    browser: str | None = None,
    origin: str | None = None,
) -> Iterator[WidgetClient]:
    with connect(
        stack.socket_url(key),
        origin=origin or stack.origin,  # type: ignore[arg-type]
        subprotocols=["vcsm.v1"],  # type: ignore[list-item]
    ) as connection:
        yield WidgetClient(connection, session or str(uuid4()), browser or str(uuid4()))


def now_ms() -> int:
    return int(time.time() * 1000)


def click(
    number: int, element: str = "export", page: str = "/reports", **more: Any
) -> dict[str, Any]:
    return {
        "type": "click",
        "at": now_ms(),
        "page": page,
        "click": number,
        "element": {"id": element, "name": f"button [{element}]"},
        **more,
    }


def rage(
    number: int = 1, clicks: int = 5, element: str = "export", page: str = "/reports"
) -> dict[str, Any]:
    return {
        "type": "burst",
        "at": now_ms(),
        "page": page,
        "burst": number,
        "element": {"id": element, "name": f"button [{element}]"},
        "verdict": "rage",
        "clicks": clicks,
        "answered": 0,
        "span": 900,
    }


def dead(number: int, element: str = "export", page: str = "/reports") -> dict[str, Any]:
    return {
        "type": "verdict",
        "at": now_ms(),
        "page": page,
        "click": number,
        "element": {"id": element, "name": f"button [{element}]"},
        "verdict": "dead",
        "after": 2000,
    }

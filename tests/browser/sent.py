"""What a page's widget sends, and a contact who clicks where nothing happens."""

import json
from typing import Any

from playwright.sync_api import Page, WebSocket

Event = dict[str, Any]


class Sent:
    """What a page's widget sends, in order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.events: list[Event] = []
        self.sessions: list[str] = []
        self.sockets: list[WebSocket] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        self.sockets.append(socket)
        socket.on("framesent", self._note)

    def _note(self, frame: str | bytes) -> None:
        said = json.loads(frame)
        self.events.extend(said.get("events", []))
        if said["type"] == "hello":
            self.sessions.append(said["session"])

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]

    def wait(self, kind: str, count: int = 1) -> list[Event]:
        for _ in range(300):
            if len(self.of(kind)) >= count:
                break
            self.page.wait_for_timeout(100)
        return self.of(kind)


def ready(page: Page) -> None:
    page.evaluate("new Promise((done) => vcsm('on', 'ready', done))")


def hung_up(socket: WebSocket) -> None:
    """Waits for the socket to close; the browser reports that later than the page causes it."""
    if not socket.is_closed():
        socket.wait_for_event("close")


def hammer(page: Page, times: int) -> None:
    box = page.locator("[data-testid=pay]").bounding_box()
    assert box
    for _ in range(times):
        page.mouse.click(box["x"] + 8, box["y"] + 8)
        page.wait_for_timeout(120)

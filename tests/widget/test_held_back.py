"""A batch that is held back for load comes again later; what was behind it is not held against
the widget."""

import json
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from vcsm.events.incoming import SessionContext
from vcsm.events.ingest import GroupCommit
from vcsm.friction.watch import FrictionWatch
from widget import consumer
from widget.consumer import MAX_ERRORS, WidgetConsumer

WINDOW = MAX_ERRORS + 5


def _connect() -> psycopg.Connection:
    raise AssertionError("nothing is written here: what comes waits")


class Socket(WidgetConsumer):
    """A greeted widget's, with what it was sent."""

    def __init__(self) -> None:
        super().__init__()
        ids = {"session_id": uuid4(), "browser_id": uuid4()}
        self._context = SessionContext(workspace_id=1, contact_id=1, clock_offset=0, **ids)
        self.sent: list[dict[str, Any]] = []

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(json.loads(message["text"]) if "text" in message else message)

    async def take(self, sequence: int) -> dict[str, Any] | None:
        """What it answers to a batch at once, if anything."""
        before = len(self.sent)
        event = {"type": "page", "at": 1, "page": "/"}
        frame = {"type": "events", "sequence": sequence, "events": [event]}
        came = iter([{"type": "websocket.receive", "text": json.dumps(frame)}, {"type": "nothing"}])

        async def receive() -> dict[str, Any]:
            return next(came)

        await self.dispatch(await self._next(receive))
        return self.sent[before] if len(self.sent) > before else None


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> GroupCommit:
    """Room for two events, and no writer that would take them."""
    road = GroupCommit(connect=_connect, watcher=FrictionWatch(), room=2)
    monkeypatch.setattr(consumer, "event_road", lambda: road)
    return road


async def test_it_is_told_when_to_come_again_and_what_follows_is_no_error(
    road: GroupCommit,
) -> None:
    socket = Socket()
    assert await socket.take(1) is None, "taken: it is acknowledged when it is durable"
    for again in range(MAX_ERRORS + 1):
        told = await socket.take(2)
        assert told is not None, again
        assert (told["code"], told["sequence"]) == ("overloaded", 2)
        assert told["retry_after"] > 0
    for sequence in range(3, 3 + WINDOW):
        told = await socket.take(sequence)
        assert told is not None
        assert (told["code"], told["sequence"]) == ("sequence_gap", 2)
    assert not any(frame.get("closes") for frame in socket.sent)


async def test_once_it_is_taken_a_gap_is_an_error_again(road: GroupCommit) -> None:
    socket = Socket()
    await socket.take(1)
    await socket.take(2)
    road._waiting.take(1)
    assert await socket.take(2) is None
    for _ in range(MAX_ERRORS + 1):
        await socket.take(9)
    assert [frame for frame in socket.sent if frame.get("code") == "too_many_errors"]
    assert socket.sent[-1] == {"type": "websocket.close", "code": 4429}

"""Replays are the first that wait when there is more urgent work."""

import asyncio
from typing import Any

import pytest

from tests.cast import ORIGIN
from widget import contact, replay_upload
from widget.keys import Door

QUERY = b"key=pk_x&session=00000000-0000-4000-8000-000000000000&sequence=1&at=1"  # 4: a random UUID


def scope() -> dict[str, Any]:
    headers = [
        (b"origin", ORIGIN.encode()),
        (b"content-type", b"application/gzip"),
        (b"x-vcsm-browser", b"00000000-0000-4000-8000-000000000001"),
    ]
    return {"method": "POST", "query_string": QUERY, "headers": headers}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    async def open_door(key: str, origin: str) -> Door:
        return Door(workspace_id=1, company="Acme", friction_settings={})

    monkeypatch.setattr(contact, "open_door", open_door)


class Busy:
    load = 0.5


async def answer() -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    await replay_upload.replay_upload(scope(), receive, send)
    return sent


async def test_while_events_wait_nothing_is_read(
    opened: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay_upload, "event_road", lambda: Busy())
    start, body = await answer()
    assert start["status"] == 503
    assert (b"retry-after", b"15") in start["headers"]
    assert b"overloaded" in body["body"]


async def test_only_so_many_are_read_at_once(opened: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Idle:
        load = 0.0

    monkeypatch.setattr(replay_upload, "event_road", lambda: Idle())
    reading = asyncio.Event()

    async def never_ends(*_: Any) -> None:
        reading.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(replay_upload, "_check", never_ends)
    slow = [asyncio.create_task(answer()) for _ in range(replay_upload.MAX_AT_ONCE)]
    await reading.wait()
    await asyncio.sleep(0)
    start, _ = await answer()
    for one in slow:
        one.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    assert start["status"] == 503
    assert replay_upload._running == 0

"""Every frame of the protocol, sent by a widget of Globex with ids of Acme's in all its fields."""

import asyncio
import dataclasses
import json
import typing
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from msgspec import inspect

from tests.cast import ORIGIN, Cast
from tests.isolation.material import Material, changes, read_material, rows_of
from tests.isolation.scene import Split, make_split
from vcsm.config import asgi
from vcsm.events.incoming import Incoming
from widget import consumer, keys, protocol

pytestmark = pytest.mark.django_db

FRAMES = {frame.__struct_config__.tag: frame for frame in typing.get_args(protocol.FromWidget)}
MOST = 24
"""Frames of one kind; every id of Acme's comes round in them."""
AT_ONCE = 12
"""Frames on one connection: twenty that are refused would end it."""


class Recorder:
    """In place of the writer, whose connection cannot see rows that are not committed: what it is
    given is looked at instead."""

    load = 0.0

    def __init__(self) -> None:
        self.given: list[Incoming] = []

    def submit(self, batch: Incoming) -> Any:
        self.given.append(batch)
        stored = asyncio.get_running_loop().create_future()
        stored.set_result(None)
        return stored


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch, in_this_thread: None) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(consumer, "event_road", lambda: recorder)
    return recorder


@pytest.fixture
def split(cast: Cast) -> Split:
    return make_split(cast)


def material(split: Split) -> Material:
    return read_material(split.cast.acme.pk, known_to=split.cast.globex.pk)


def frames(tag: str, acme: Material) -> Iterator[dict[str, Any]]:
    """The frame with Acme's ids and numbers in its fields, one after another."""
    fields = inspect.type_info(FRAMES[tag]).fields  # type: ignore[union-attr]
    for turn in range(max(len(acme.uuids), len(acme.numbers), 1)):
        if turn == MOST:
            return
        yield {
            "type": tag,
            **{field.encode_name: _value(field.type, field.name, acme, turn) for field in fields},
        }


def _value(kind: Any, name: str, acme: Material, turn: int) -> Any:
    uuid = str(acme.uuids[turn // 2 % len(acme.uuids)])
    match kind:
        case inspect.StrType() if name == "session" and turn % 2:
            return str(uuid4())  # a session of its own in somebody else's browser
        case inspect.StrType(pattern=None):
            # A subject names its kind before the id.
            prefix = ("", "escalation:", "friction:", "promise:")[turn % 4]
            return (prefix + uuid)[: kind.max_length or 64]
        case inspect.StrType():
            return uuid
        case inspect.IntType():
            ours = acme.numbers[turn % len(acme.numbers)]
            return min(max(ours, kind.ge or 0), kind.le or ours)
        case inspect.BoolType():
            return turn % 2 == 0
        case inspect.LiteralType():
            return kind.values[turn % len(kind.values)]
        case inspect.UnionType() if turn % 2 and kind.includes_none:
            return None
        case inspect.UnionType():
            return _value(kind.types[0], name, acme, turn)
        case inspect.StructType():
            return {
                field.encode_name: _value(field.type, field.name, acme, turn)
                for field in kind.fields
            }
        case inspect.ListType() if name == "events":
            return [{"type": "page", "at": 0, "page": f"/{uuid}", "how": "load"}]
        case inspect.ListType():
            return [_value(kind.item_type, name, acme, turn)]
    return None


async def talk(key: str, *given: dict[str, Any]) -> list[str]:
    """What a widget with this key is told, from its first frame on."""
    socket = ApplicationCommunicator(
        asgi.application,
        {
            "type": "websocket",
            "path": "/widget/socket",
            "query_string": f"key={key}".encode(),
            "headers": [(b"origin", ORIGIN.encode())],
            "subprotocols": ["vcsm.v1"],
        },
    )
    await socket.send_input({"type": "websocket.connect"})
    opened = await socket.receive_output(10)
    assert opened["type"] == "websocket.accept"
    # A hello that comes late is refused, after all that came before it has been answered.
    for frame in (*given, hello()):
        await socket.send_input({"type": "websocket.receive", "text": json.dumps(frame)})
    heard = [""]
    while "hello_twice" not in heard[-1]:
        told = await socket.receive_output(20)
        if told["type"] == "websocket.close":
            break
        heard.append(str(told["text"]))
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(5)
    return heard


def hello(**more: Any) -> dict[str, Any]:
    return {"type": "hello", "session": str(uuid4()), "browser": str(uuid4()), "at": 0, **more}


def sweep(split: Split, tag: str) -> tuple[list[str], list[str]]:
    """What Acme's stands in the answers to all frames of a kind, and what changed of Acme's."""
    acme = material(split)
    sent = list(frames(tag, acme))
    key = split.cast.globex_key.key
    heard: list[str] = []
    if tag == "hello":
        for frame in sent:
            heard += async_to_sync(talk)(key, frame)
    else:
        for first in range(0, len(sent), AT_ONCE):
            heard += async_to_sync(talk)(key, hello(), *sent[first : first + AT_ONCE])
    # What we said ourselves is no secret of theirs.
    said = json.dumps(sent)
    answered = "\n".join(heard)
    return (
        [leak for leak in acme.leaks(answered) if leak not in said],
        changes(acme.rows, rows_of(split.cast.acme.pk)),
    )


@pytest.mark.parametrize("tag", sorted(FRAMES))
def test_a_frame_of_globex_neither_learns_nor_changes_anything_of_acme(
    tag: str, split: Split, writer: Recorder
) -> None:
    leaks, changed = sweep(split, tag)
    assert not leaks and not changed
    assert all(batch.context.workspace_id == split.cast.globex.pk for batch in writer.given)


@pytest.mark.parametrize("tag", sorted(FRAMES))
def test_what_is_sent_is_a_frame(tag: str, split: Split) -> None:
    """A sweep with frames that are refused for their form would show nothing."""
    for frame in frames(tag, material(split)):
        assert isinstance(protocol.parse_frame(json.dumps(frame)), FRAMES[tag])


def test_the_same_frames_of_acmes_own_browser_do_learn_of_it(
    split: Split, writer: Recorder
) -> None:
    """So the sweep can find a leak."""
    acme = material(split)
    own = hello(browser=str(split.scene.session.browser_id))
    heard = async_to_sync(talk)(split.cast.key.key, own)
    assert acme.leaks("\n".join(heard))


def test_without_its_filters_the_sweep_finds_what_leaks(
    split: Split, writer: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The door is opened on purpose: Globex's key is taken for Acme's workspace."""
    right = keys.open_door

    def wrong(*, key: str, origin: str) -> keys.Door | None:
        door = right(key=key, origin=origin)
        return door and dataclasses.replace(door, workspace_id=split.cast.acme.pk)

    monkeypatch.setattr(keys, "open_door", wrong)
    acme = material(split)
    known = hello(browser=str(split.scene.session.browser_id))
    heard = async_to_sync(talk)(split.cast.globex_key.key, known)
    assert acme.leaks("\n".join(heard))

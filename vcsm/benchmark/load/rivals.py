"""The applications that ours is measured against, for the same server.

`ack_only`: our own consumer and parser, with a road that stores nothing; the ceiling.
`ack_detect`: the same with all detectors on; storing costs what separates ours from it.
`first_design`: what one would write first, a JSON consumer that creates one row per event
through the ORM.
"""

import asyncio
import json
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

# This comes first: it sets Django up, which the models below need.
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.db import database_sync_to_async  # noqa: E402
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.db import models  # noqa: E402
from django.urls import path  # noqa: E402

from vcsm.events.incoming import Incoming  # noqa: E402
from vcsm.friction.watch import FrictionWatch  # noqa: E402
from widget import consumer, contact, identity, keys  # noqa: E402
from widget.protocol import Hello  # noqa: E402


class _NoStore:
    """Takes the place of the group commit and says at once that every batch is stored."""

    load = 0.0

    def submit(self, batch: Incoming) -> "asyncio.Future[None]":
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        stored.set_result(None)
        return stored


class _NoStoreButDetect(_NoStore):
    def __init__(self) -> None:
        self._watch = FrictionWatch()

    def submit(self, batch: Incoming) -> "asyncio.Future[None]":
        self._watch.look(batch)
        return super().submit(batch)


class RowAnEvent(models.Model):
    """The table one would create first; its SQL is in `vcsm.benchmark.load.copy_loop`."""

    pk = models.CompositePrimaryKey("session_id", "sequence", "position")
    workspace_id = models.BigIntegerField()
    session_id = models.UUIDField()
    sequence = models.IntegerField()
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    page = models.CharField(max_length=512)
    element = models.CharField(max_length=64, null=True)
    body = models.JSONField()

    class Meta:
        managed = False
        db_table = "benchmark_event"


class FirstDesign(AsyncJsonWebsocketConsumer):
    """A consumer as in a tutorial: decoded JSON in, one `create()` per event, ack out."""

    async def connect(self) -> None:
        key = self.scope["query_string"].decode().partition("key=")[2]
        self.door = await contact.open_door(
            key, f"http://{dict(self.scope['headers'])[b'host'].decode()}"
        )
        await self.accept("vcsm.v1")

    @classmethod
    async def encode_json(cls, content: dict[str, Any]) -> str:
        return json.dumps(content, separators=(",", ":"))  # as compact as the protocol writes it

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if content["type"] == "hello":
            self.session = await database_sync_to_async(self._greet)(content)
            await self.send_json({"type": "welcome"})
        elif content["type"] == "events":
            for position, event in enumerate(content["events"]):
                await database_sync_to_async(self._create)(content["sequence"], position, event)
            await self.send_json({"type": "ack", "sequence": content["sequence"]})

    def _greet(self, content: dict[str, Any]) -> UUID:
        hello = Hello(session=content["session"], browser=content["browser"], at=content["at"])
        now = datetime.now(UTC)
        door = cast(keys.Door, self.door)
        session = identity.greet(door=door, hello=hello, user_agent="", now=now).session
        return session.id

    def _create(self, sequence: int, position: int, event: dict[str, Any]) -> None:
        now = datetime.now(UTC)
        RowAnEvent._default_manager.create(
            workspace_id=cast(keys.Door, self.door).workspace_id,
            session_id=self.session,
            sequence=sequence,
            position=position,
            kind=event["type"],
            at=now,
            received_at=now,
            page=event.get("page", ""),
            element=(event.get("element") or {}).get("id"),
            body=event,
        )


class AckOnly(consumer.WidgetConsumer):
    road = staticmethod(cache(_NoStore))

    async def _connect(self) -> None:
        consumer.event_road = self.road  # type: ignore[attr-defined, assignment]
        await super()._connect()


class AckDetect(AckOnly):
    road = staticmethod(cache(_NoStoreButDetect))


def _serve(socket: Any) -> ProtocolTypeRouter:
    return ProtocolTypeRouter(
        {"http": django_application, "websocket": URLRouter([path("widget/socket", socket)])}
    )


ack_only = _serve(AckOnly.as_asgi())
ack_detect = _serve(AckDetect.as_asgi())
first_design = _serve(FirstDesign.as_asgi())

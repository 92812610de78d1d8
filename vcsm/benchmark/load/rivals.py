"""What ours is measured against, as applications for the same server.

`ack_only`: our own consumer and parser, with a road that stores nothing: the ceiling.
`first_design`: what one would write first, a JSON consumer that creates one row per event
through the ORM.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

# First: it sets Django up, and the models below need that.
from vcsm.config.asgi import application as ours  # isort: skip
from vcsm.config.asgi import django_application  # isort: skip

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

from vcsm.events.incoming import Incoming
from vcsm.events.models import Event
from widget import consumer, contact, identity, keys
from widget.protocol import Hello


class _NoStore:
    """Takes the place of the group commit and says at once that all is stored."""

    load = 0.0

    def submit(self, batch: Incoming) -> "asyncio.Future[None]":
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        stored.set_result(None)
        return stored


class FirstDesign(AsyncJsonWebsocketConsumer):
    """A consumer as a tutorial has it: decoded JSON in, one `create()` per event, ack out."""

    async def connect(self) -> None:
        key = self.scope["query_string"].decode().partition("key=")[2]
        self.door = await contact.open_door(
            key, f"http://{dict(self.scope['headers'])[b'host'].decode()}"
        )
        await self.accept("vcsm.v1")

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
        session, _ = identity.greet(door=door, hello=hello, user_agent="", now=now)
        return session.id

    def _create(self, sequence: int, position: int, event: dict[str, Any]) -> None:
        now = datetime.now(UTC)
        Event.objects.create(
            workspace_id=cast(keys.Door, self.door).workspace_id,
            session_id=self.session,
            sequence=sequence,
            position=position,
            kind=event["type"],
            at=now,
            received_at=now,
            page=event.get("page", ""),
            element=event.get("element", {}).get("id"),
            body=event,
        )


async def ack_only(scope: Any, receive: Any, send: Any) -> None:
    consumer.event_road = _NoStore  # type: ignore[attr-defined, assignment]
    await ours(scope, receive, send)


first_design = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": URLRouter([path("widget/socket", FirstDesign.as_asgi())]),  # type: ignore[arg-type, list-item]
    }
)

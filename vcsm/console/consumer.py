"""The members' live socket: hints that something changed, and who is typing.

It carries no truth: after a hint, or a reconnect, the page reads again over HTTP.
"""

import asyncio
import json
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from vcsm.accounts.models import Member
from vcsm.console.access import find_member
from vcsm.console.origin import is_same_origin
from vcsm.conversations.broadcast import typing_to_contact
from vcsm.conversations.models import Takeover
from vcsm.core.live import members_group
from vcsm.success.people import note_present

MAX_FRAME = 4_096
CHECK_EVERY = 30.0
"""Seconds between looks whether the member is still signed in and still a member."""

TYPING_EVERY = 0.2
"""Seconds that must lie between two typing frames that are passed on; a page sends one in three."""

CLOSE_ORIGIN = 4403
CLOSE_SIGNED_OUT = 4401
CLOSE_FRAME = 4400


class ConsoleConsumer(AsyncWebsocketConsumer):
    """One open console page of one member."""

    member: Member | None = None
    group = ""
    checking: "asyncio.Task[None] | None" = None
    typed_at = 0.0

    async def connect(self) -> None:
        if not is_same_origin(self.scope["headers"]):
            await self.close(CLOSE_ORIGIN)
            return
        self.member = await self._find_member()
        if self.member is None:
            # Accepted first: only then does the browser learn why it was closed.
            await self.accept()
            await self.close(CLOSE_SIGNED_OUT)
            return
        self.group = members_group(self.member.workspace_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self._note_present()
        self.checking = asyncio.create_task(self._keep_checking())

    async def disconnect(self, code: int) -> None:
        if self.checking is not None:
            self.checking.cancel()
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Takes `{"what": "typing", "conversation": …, "on": …}`; anything else ends it."""
        try:
            conversation, on = parse_typing(text_data)
        except ValueError:
            await self.close(CLOSE_FRAME)
            return
        if self.member is None:
            return
        now = asyncio.get_running_loop().time()
        if on and now - self.typed_at < TYPING_EVERY:
            return
        self.typed_at = now
        await database_sync_to_async(tell_typing)(self.member, conversation, on=on)

    async def live(self, message: dict[str, Any]) -> None:
        """A group message of `vcsm.core.live`."""
        await self.send(json.dumps(message["payload"]))

    async def _keep_checking(self) -> None:
        while True:
            await asyncio.sleep(CHECK_EVERY)
            if await self._find_member() is None:
                await self.close(CLOSE_SIGNED_OUT)
                return
            await self._note_present()

    @database_sync_to_async
    def _note_present(self) -> None:
        assert self.member is not None
        note_present(self.member.pk, now=datetime.now(UTC))

    @database_sync_to_async
    def _find_member(self) -> Member | None:
        return find_member(get_user(_session_request(self.scope)))


def parse_typing(text: str | None) -> tuple[UUID, bool]:
    """Which conversation, and whether typing began; ValueError for anything else."""
    if text is None or len(text) > MAX_FRAME:
        raise ValueError("not a text frame of a sensible size")
    frame = json.loads(text)
    if not isinstance(frame, dict) or frame.get("what") != "typing":
        raise ValueError("not a typing frame")
    conversation, on = frame.get("conversation"), frame.get("on")
    if not isinstance(conversation, str) or not isinstance(on, bool):
        raise ValueError("not a typing frame")
    return UUID(conversation), on


def tell_typing(member: Member, conversation_id: UUID, *, on: bool) -> None:
    """Shows the contact that the member writes, if it is the member who speaks there."""
    takeover = (
        Takeover.objects.select_related("conversation")
        .filter(
            conversation_id=conversation_id,
            conversation__workspace_id=member.workspace_id,
            member=member,
            ended_at__isnull=True,
        )
        .first()
    )
    if takeover is not None:
        typing_to_contact(conversation=takeover.conversation, member=member, on=on)


def _session_request(scope: Any) -> HttpRequest:
    """As much of a request as `get_user` reads, with the session loaded again from its store."""
    request = HttpRequest()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(scope["session"].session_key)
    return request

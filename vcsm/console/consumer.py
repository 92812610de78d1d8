"""The members' live socket: hints that something changed, who is typing, who looks at what.

It carries no data of its own: after a hint or a reconnect, the page reads again over HTTP.
"""

import asyncio
import json
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from typing import Any
from uuid import UUID

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from vcsm.accounts.models import Member
from vcsm.accounts.sign_ins import note_seen
from vcsm.console.access import find_member
from vcsm.console.frames import Looking, Typing, WatchSetup, parse_frame
from vcsm.console.origin import is_same_origin
from vcsm.console.presence import Look, look_frame
from vcsm.console.watch_setup import HINT, watch_setup
from vcsm.conversations.broadcast import typing_to_contact
from vcsm.conversations.models import Takeover
from vcsm.core.connections import in_thread
from vcsm.core.counts import CONSOLES
from vcsm.core.live import delivering, members_group
from vcsm.setup.broadcast import LEFT
from vcsm.success.people import note_present

CHECK_EVERY = 30.0
"""Seconds between checks that the member is still signed in and still a member."""

TYPING_EVERY = 0.2
"""Least seconds between typing frames that are passed on; a page sends one every three seconds."""

LOOK_SETTLES = 0.3
"""Seconds before a look is told to the others; of several within them, only the last is told."""

CLOSE_ORIGIN = 4403
CLOSE_SIGNED_OUT = 4401
CLOSE_FRAME = 4400


class ConsoleConsumer(AsyncWebsocketConsumer):
    """One open console page of one member."""

    member: Member | None = None
    group = ""
    checking: "asyncio.Task[None] | None" = None
    typed_at = 0.0
    looks_at: UUID | None = None
    telling: "asyncio.Task[None] | None" = None
    watching: "asyncio.Task[None] | None" = None

    async def connect(self) -> None:
        if not is_same_origin(self.scope["headers"]):
            await self.close(CLOSE_ORIGIN)
            return
        self.member = await self._find_member()
        if self.member is None:
            # Accepted first: otherwise the browser would not learn why it was closed.
            await self.accept()
            await self.close(CLOSE_SIGNED_OUT)
            return
        self.group = members_group(self.member.workspace_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        CONSOLES.inc()
        await self._note_present()
        # The sockets that are open already answer this one alone.
        await self._tell_all({"type": "who_looks", "asks": self.channel_name})
        self.checking = asyncio.create_task(self._keep_checking())

    async def disconnect(self, code: int) -> None:
        for task in (self.checking, self.telling, self.watching):
            if task is not None:
                task.cancel()
        if self.group:
            CONSOLES.dec()
            await self.channel_layer.group_discard(self.group, self.channel_name)
            if self.looks_at is not None:
                self.looks_at = None
                await self._tell_look()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Takes the frames of `console.frames`; anything else closes the connection."""
        try:
            frame = parse_frame(text_data)
        except ValueError:
            await self.close(CLOSE_FRAME)
            return
        if self.member is None:
            return
        match frame:
            case Typing():
                await self._typing(self.member, frame)
            case Looking():
                await self._looking(frame)
            case WatchSetup():
                self._watch(self.member, on=frame.on)

    def _watch(self, member: Member, *, on: bool) -> None:
        if self.watching is not None:
            self.watching.cancel()
            self.watching = None
        if on:
            told = watch_setup(member.workspace_id, lambda: self.send(json.dumps(HINT)))
            self.watching = asyncio.create_task(told)

    async def _typing(self, member: Member, frame: Typing) -> None:
        now = asyncio.get_running_loop().time()
        if frame.on and now - self.typed_at < TYPING_EVERY:
            return
        self.typed_at = now
        await in_thread(tell_typing)(member, frame.conversation, on=frame.on)

    async def _looking(self, frame: Looking) -> None:
        """Notes what the page shows and tells it after LOOK_SETTLES, so that running through the
        list tells nothing."""
        if frame.escalation == self.looks_at:
            return
        self.looks_at = frame.escalation
        if self.telling is None or self.telling.done():
            self.telling = asyncio.create_task(self._tell_look_soon())

    async def _tell_look_soon(self) -> None:
        await asyncio.sleep(LOOK_SETTLES)
        await self._tell_look()

    async def _tell_look(self) -> None:
        await self._tell_all({"type": "live", "payload": look_frame(self._look())})

    async def _tell_all(self, message: dict[str, Any]) -> None:
        await self.channel_layer.group_send(self.group, message)

    async def who_looks(self, message: dict[str, Any]) -> None:
        """Tells a socket that has just opened, and only it, what this page looks at."""
        if self.looks_at is not None and message["asks"] != self.channel_name:
            frame = look_frame(self._look())
            await self.channel_layer.send(message["asks"], {"type": "live", "payload": frame})

    def _look(self) -> Look:
        assert self.member is not None
        socket = sha256(self.channel_name.encode()).hexdigest()[:16]
        return Look(socket, self.member.pk, self.member.name, self.looks_at)

    async def live(self, message: dict[str, Any]) -> None:
        """Passes a group message of `vcsm.core.live` on to the page; when its own member has left
        the workspace, closes instead."""
        payload = message["payload"]
        if payload["what"] == LEFT:
            if self.member is not None and payload["member"] == self.member.pk:
                await self.close(CLOSE_SIGNED_OUT)
            return
        with delivering(message, to="member"):
            await self.send(json.dumps(payload))

    async def check(self, message: dict[str, Any]) -> None:
        """Closes if this member has lost access: a member's access in the workspace changed."""
        if await self._find_member() is None:
            await self.close(CLOSE_SIGNED_OUT)

    async def _keep_checking(self) -> None:
        """Checks access every CHECK_EVERY seconds: a hint may get lost, and not every way to lose
        access sends one."""
        while True:
            await asyncio.sleep(CHECK_EVERY)
            if await self._find_member() is None:
                await self.close(CLOSE_SIGNED_OUT)
                return
            await self._note_present()
            if self.looks_at is not None:
                await self._tell_look()

    @in_thread
    def _note_present(self) -> None:
        assert self.member is not None
        now = datetime.now(UTC)
        note_present(self.member.pk, now=now)
        note_seen(str(self.scope["session"].session_key), now=now)

    @in_thread
    def _find_member(self) -> Member | None:
        return find_member(get_user(_session_request(self.scope)))


def tell_typing(member: Member, conversation_id: UUID, *, on: bool) -> None:
    """Shows the contact that the member is typing, if the member has taken over there."""
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
    """Makes as much of a request as `get_user` reads, with the session read anew from its store."""
    request = HttpRequest()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(scope["session"].session_key)
    return request

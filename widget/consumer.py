"""One widget's socket: it parses a frame, calls one function and answers.

A batch never waits for the database here: `submit` hands it to the process's writer, and the
acknowledgement is sent when the writer says that the batch is durable.
"""

import asyncio
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import msgspec
import structlog
from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.core.exceptions import ObjectDoesNotExist

from vcsm.core.counts import REFUSED, SLOW_READERS, SOCKETS
from vcsm.core.live import browser_group, delivering
from vcsm.core.spans import span
from vcsm.core.trace import Trace, join_trace, trace_of
from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.ingest import NotStorable, Overloaded
from vcsm.events.sessions import NotYours
from widget import contact, home, home_frames, protocol
from widget.batch import Batch, read_frame
from widget.http import Receive
from widget.keys import Door
from widget.open_doors import OPEN_DOORS
from widget.protocol import Error, Refused
from widget.road import event_road

log = structlog.get_logger(__name__)

_FINAL = ("invalid", "unknown_type")
"""Error codes of a batch that can never be accepted."""
MAX_ERRORS = 20
GREETING_SECONDS = 20.0
"""A socket that has not said hello by then is closed: it would hold a place for nothing."""
RETRY_AFTER = 2.0
MAX_UNREAD = 1_000
"""Answers that may wait for a browser that does not read them."""


class WidgetConsumer(AsyncConsumer):
    def __init__(self) -> None:
        self._door: Door | None = None
        self._context: SessionContext | None = None
        self._next_sequence = 1
        self._errors = 0
        self._held_back = False
        """Whether a batch was sent back, to be sent again later."""
        self._answers: deque[protocol.ToWidget] = deque()
        self._answering: asyncio.Task[None] | None = None
        self._closed = False
        self._greeting_due: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        others: Any = partial(self._next, receive)
        await super().__call__(scope, others, send)

    async def _next(self, receive: Receive) -> dict[str, Any]:
        """Returns the next message for `dispatch`. Batches are stored right here instead.

        They wait for nothing, and Channels makes a task and two futures for each message that it
        dispatches, which costs as much as reading a batch of twenty events.
        """
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if self._closed:  # the frame was on the way when we closed
                continue
            try:
                frame = _parse(message)
                if self._context is None or not isinstance(frame, Batch):
                    return {"type": "frame", "frame": frame}
                self._store(self._context, frame)
            except Refused as refused:
                return {"type": "refused", "error": refused.error}

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Handles one message. Replaces Channels' own `dispatch`, which hops to a thread for every
        message, to close old database connections."""
        match message["type"]:
            case "frame":
                try:
                    await self._take(message["frame"])
                except Refused as refused:
                    await self._refuse(refused.error)
                except ObjectDoesNotExist:
                    await self._shut()  # the contact has been erased
            case "refused":
                await self._refuse(message["error"])
            case "live":
                with delivering(message, to="contact"):
                    await self._pass_on(dict(message["payload"]))
            case "shut":
                await self._shut()
            case "websocket.connect":
                await self._connect()
            case "websocket.disconnect":
                await self._disconnect()

    # Opening and closing ---------------------------------------------------------------------

    async def _connect(self) -> None:
        headers = dict(self.scope["headers"])
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        key = query.get("key", [""])[0]
        self._user_agent = headers.get(b"user-agent", b"").decode("latin-1").replace("\x00", "")
        self._door = await contact.open_door(key, headers.get(b"origin", b"").decode("latin-1"))
        if self._door is None or protocol.SUBPROTOCOL not in self.scope["subprotocols"]:
            self._closed = True
            await self.send({"type": "websocket.close"})  # before accepting: the browser sees 403
            return
        await self.send({"type": "websocket.accept", "subprotocol": protocol.SUBPROTOCOL})
        OPEN_DOORS.add(self._door.opened, self._shut)
        loop = asyncio.get_running_loop()
        self._greeting_due = loop.call_later(GREETING_SECONDS, self._give_up_waiting)

    def _give_up_waiting(self) -> None:
        self._hanging_up = asyncio.create_task(self._hang_up(protocol.CLOSE_PROTOCOL))

    async def _shut(self) -> None:
        await self._hang_up(protocol.CLOSE_SHUT)

    async def _disconnect(self) -> None:
        self._closed = True
        if self._greeting_due is not None and self._door is not None:
            self._greeting_due.cancel()
            OPEN_DOORS.remove(self._door.opened, self._shut)
        if self._context is not None:
            SOCKETS.dec()
            group = browser_group(self._context.browser_id)
            await self.channel_layer.group_discard(group, self.channel_name)
        raise StopConsumer

    # Frames in -------------------------------------------------------------------------------

    async def _take(self, frame: protocol.FromWidget | Batch) -> None:
        if isinstance(frame, protocol.Hello):
            await self._greet(frame)
            return
        if self._context is None:
            raise Refused(Error("hello_first", "The first frame must be `hello`.", closes=True))
        if isinstance(frame, Batch):
            self._store(self._context, frame)
            return
        with span(f"frame {type(frame).__name__}", kind="server"):
            await self._do(self._context, frame)

    async def _do(self, context: SessionContext, frame: protocol.FromWidget) -> None:
        """Carries out a frame that is not a batch: these are few, and each uses the database."""
        match frame:
            case protocol.Say():
                stored = await contact.say(context, frame)
                await self._send(protocol.Ack(message=frame.id, seq=stored.seq))
            case protocol.Identify():
                await self._identify(context, frame.identity)
            case protocol.Read():
                await contact.read(context, frame.seq)
            case protocol.Older():
                await self._send_all(await contact.older(context, frame.before))
            case protocol.AnswerNudge():
                await contact.note_nudge(context, frame)
            case protocol.ChooseIntent():
                await contact.choose_intent(context, frame.intent)
            case home_frames.AskHome():
                await self._send(await home.read_home(context))
            case home_frames.Tick():
                await home.tick(context, frame)
            case home_frames.Rate():
                await home.take_rating(context, frame)
            case home_frames.Correct():
                await home.take_correction(context, frame)
            case home_frames.Dispute():
                await home.take_dispute(context, frame)
            case protocol.Typing():
                await contact.typing(context, frame.on)

    async def _greet(self, hello: protocol.Hello) -> None:
        if self._context is not None:
            raise Refused(Error("hello_twice", "This connection has said hello already."))
        assert self._door is not None
        # Hello was said in time: answering it may take longer when all widgets come back at once.
        if self._greeting_due is not None:
            self._greeting_due.cancel()
        # The group is joined before history is read, so that no message falls between the two:
        # live ones wait until we are done here, and one that comes twice has the same number.
        group = browser_group(UUID(hello.browser))
        await self.channel_layer.group_add(group, self.channel_name)
        try:
            greeting = await contact.greet(self._door, hello, self._user_agent)
        except BaseException as error:
            # The session may not be theirs: what the group heard meanwhile is passed to nobody.
            await self.channel_layer.group_discard(group, self.channel_name)
            if isinstance(error, NotYours):
                raise Refused(
                    Error("wrong_session", "This session is another browser's.", closes=True)
                ) from None
            raise
        self._context = greeting.context
        SOCKETS.inc()
        # Everything the contact does on this socket from here on belongs to their visit's trace.
        join_trace(Trace(trace_of(greeting.context.session_id)))
        log.info("widget greeted", workspace=greeting.context.workspace_id)
        self._next_sequence = greeting.sequence + 1
        await self._send(
            protocol.Welcome(
                sequence=greeting.sequence,
                at=int(datetime.now(UTC).timestamp() * 1000),
                company=self._door.company,
                assistant_silent=greeting.assistant_silent,
                replay=greeting.replay,
            )
        )
        if greeting.prove is not None:
            await self._send(protocol.Prove(greeting.prove))
        await self._send_all(greeting.missed)

    async def _identify(self, context: SessionContext, identity: protocol.Identity) -> None:
        assert self._door is not None
        known = context.contact_id
        context.contact_id, prove = await contact.identify(context, identity, self._door.origin)
        if prove is not None:
            await self._send(protocol.Prove(prove))
        if context.contact_id != known:
            # The page may have shown another contact's conversation until now.
            await self._send_all(await contact.other_thread(context))

    # Batches ---------------------------------------------------------------------------------

    def _store(self, context: SessionContext, batch: Batch, refusal: Error | None = None) -> None:
        sequence = batch.sequence
        if sequence > self._next_sequence:
            raise Refused(
                Error(
                    "sequence_gap",
                    f"Batch {self._next_sequence} has not come yet.",
                    sequence=self._next_sequence,
                )
            )
        try:
            stored = event_road().submit(
                Incoming(
                    context=context,
                    sequence=sequence,
                    events=batch.events,
                    received_at=datetime.now(UTC),
                    text=batch.text,
                )
            )
        except Overloaded:
            raise Refused(_overloaded(sequence)) from None
        self._held_back = False
        self._next_sequence = max(self._next_sequence, sequence + 1)
        stored.add_done_callback(partial(self._stored, sequence, refusal))

    def _stored(self, sequence: int, refusal: Error | None, stored: "asyncio.Future[None]") -> None:
        """Answers for a batch that is durable, held back or not storable. `refusal` is the answer
        to a refused batch, once it is durable that it was refused."""
        match stored.exception():
            case None:
                self._answers.append(refusal or protocol.Ack(sequence=sequence))
            case Overloaded():
                self._held_back = True
                self._next_sequence = min(self._next_sequence, sequence)
                self._answers.append(_overloaded(sequence))
            case NotStorable() as error:
                self._store_refused(Error("invalid", str(error), sequence=sequence))
        if len(self._answers) > MAX_UNREAD:
            # The widget sends but does not read: its batches are stored, and it is told so when
            # it comes back.
            self._answers.clear()
            SLOW_READERS.inc()
            self._hanging_up = asyncio.create_task(self._hang_up(protocol.CLOSE_SLOW_READER))
        elif self._answers and self._answering is None and not self._closed:
            self._answering = asyncio.create_task(self._answer())

    async def _answer(self) -> None:
        """Sends the waiting answers, in one task at a time: a task per batch would cost more."""
        try:
            with suppress(OSError):  # the widget has gone: it asks again when it is back
                while self._answers and not self._closed:
                    await self._send(self._answers.popleft())
        finally:
            self._answering = None

    def _store_refused(self, error: Error) -> None:
        assert self._context is not None and error.sequence is not None
        self._store(self._context, Batch(error.sequence, []), refusal=error)

    # Frames out ------------------------------------------------------------------------------

    async def _refuse(self, error: Error) -> None:
        REFUSED.labels(error.code).inc()
        # Batches already on the way behind one that was held back are not the widget's fault.
        if error.code == "overloaded":
            self._held_back = True
        elif not (self._held_back and error.code == "sequence_gap"):
            self._errors += 1
        if self._errors > MAX_ERRORS:
            error = Error("too_many_errors", "Too many refused frames.", closes=True)
        if self._context is not None and error.sequence is not None and error.code in _FINAL:
            # The batch is noted as done, so that the widget can go on with the next one, also
            # after a reconnect; the error is sent when that note is durable.
            try:
                self._store_refused(error)
                return
            except Refused as earlier:  # a batch before this one must come first
                error = earlier.error
        await self._send(error)
        if error.closes:
            code = (
                protocol.CLOSE_TOO_MANY_ERRORS
                if error.code == "too_many_errors"
                else protocol.CLOSE_PROTOCOL
            )
            await self._hang_up(code)

    async def _hang_up(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            with suppress(OSError):
                await self.send({"type": "websocket.close", "code": code})

    async def _pass_on(self, payload: dict[str, Any]) -> None:
        """Passes on a live frame, unless it is for another contact who has used this browser."""
        to = payload.pop("to", None)
        context = self._context
        if context is not None and to not in (None, context.contact_id):
            # Another tab may have identified the contact since.
            context.contact_id = await contact.contact_now(context)
        if context is not None and to in (None, context.contact_id):
            await self._send(msgspec.convert(payload, protocol.ToWidget))

    async def _send_all(self, frames: list[dict[str, Any]]) -> None:
        for frame in frames:
            await self._send(msgspec.convert(frame, protocol.ToWidget))

    async def _send(self, frame: protocol.ToWidget) -> None:
        if self._closed:
            return
        try:
            await self.send({"type": "websocket.send", "text": protocol.encode_frame(frame)})
        except RuntimeError:
            if not self._closed:  # otherwise we hung up while the frame waited for a slow reader
                raise


def _parse(message: dict[str, Any]) -> protocol.FromWidget | Batch:
    text = message.get("text")
    if text is None:
        raise Refused(Error("malformed", "Frames are text, not binary."))
    return read_frame(text)


def _overloaded(sequence: int) -> Error:
    return Error(
        "overloaded",
        "Too much is waiting to be stored.",
        sequence=sequence,
        retry_after=RETRY_AFTER,
    )

"""The socket's messages, both ways, as structs. Subprotocol `vcsm.v1`; one JSON object a frame.

A browser sends `hello` first and gets `welcome`, which says up to which batch its events are
stored; it sends later batches again. `events` and `say` are acknowledged only when durable, and
both may be sent twice without being stored twice. After a reconnect the server sends the messages
after `hello.last_message`, which is the same read as the first load.
"""

import json
import math
import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Count, Id, Millis, Name, Path
from widget.frame import Frame, IntentOption, Sequence, Short, Uuid
from widget.home_frames import AskHome, Changed, Correct, Dispute, Home, Rate, Tick

SUBPROTOCOL = "vcsm.v1"
MAX_FRAME = 256 * 1024
MAX_EVENTS = 500
MAX_TEXT = 20_000
MAX_FILES = 5


# From the widget ---------------------------------------------------------------------------------


class AccountFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """The customer company, as the product names it."""

    id: Id
    name: Name = ""


class Identity(Struct, frozen=True, forbid_unknown_fields=True):
    """Who the contact is, as the product says; `token` proves it if the workspace has keys.

    The token is a JWT that the product's server made for `id`: see docs/embedding.md.
    """

    id: Id
    name: Name = ""
    email: Name = ""
    account: AccountFacts | None = None
    token: Annotated[str, Meta(max_length=4_096)] = ""


class Hello(Frame, frozen=True, tag="hello"):
    """First frame of every connection; the widget makes the session's and the browser's id."""

    session: Uuid
    browser: Uuid
    at: Millis
    page: Path = ""
    epoch: Short = ""
    """Epoch of the conversation to which `last_message` belongs, as the server named it."""
    last_message: Count = 0
    release: Name = ""
    identity: Identity | None = None


class Identify(Frame, frozen=True, tag="identify"):
    """The product has told the widget who the contact is."""

    identity: Identity


class Events(Frame, frozen=True, tag="events"):
    """One batch. `sequence` counts up from 1 in a session; acknowledged when durable."""

    sequence: Sequence
    events: Annotated[list[AnyEvent], Meta(min_length=1, max_length=MAX_EVENTS)]


class Say(Frame, frozen=True, tag="say"):
    """The contact wrote something. The widget makes `id`, so that a resend is harmless.

    `files` have been uploaded to `/widget/file` before; with one, the text may be empty.
    """

    id: Id
    text: Annotated[str, Meta(max_length=MAX_TEXT)]
    page: Path = ""
    files: Annotated[list[Uuid], Meta(max_length=MAX_FILES)] = []


class Read(Frame, frozen=True, tag="read"):
    """The contact has seen all messages up to `seq`; sent on to their other tabs."""

    seq: Count
    epoch: Short = ""


class Older(Frame, frozen=True, tag="older"):
    """Asks for the messages before `before`."""

    before: Sequence


class ChooseIntent(Frame, frozen=True, tag="intent"):
    """The contact chose one of the intents they were asked about."""

    intent: Annotated[int, Meta(ge=1)]


class AnswerNudge(Frame, frozen=True, tag="nudge"):
    """Tells what became of a nudge in the page."""

    nudge: Uuid
    state: Literal["shown", "accepted", "dismissed"]


class Typing(Frame, frozen=True, tag="typing"):
    """Somebody is writing, or has stopped; never stored. The server sets `name`."""

    on: bool
    name: Name = ""


FromWidget = (
    Hello
    | Identify
    | Events
    | Say
    | Read
    | Older
    | ChooseIntent
    | AnswerNudge
    | AskHome
    | Tick
    | Rate
    | Dispute
    | Correct
    | Typing
)


# To the widget -----------------------------------------------------------------------------------


class Welcome(Frame, frozen=True, tag="welcome"):
    """The session is known, and its batches up to `sequence` are stored."""

    sequence: int
    at: Millis
    company: str
    assistant_silent: bool
    """Whether a member has taken the conversation over."""
    replay: bool = False
    """Whether the workspace records: then keep the last minutes, masked, until asked for them."""


class Ack(Frame, frozen=True, tag="ack"):
    """The batch `sequence`, or the message with the client's id `message`, is stored."""

    sequence: int | None = None
    message: str | None = None
    seq: int | None = None
    """The message's number in its conversation."""


class Source(Struct, frozen=True):
    """The article on which an answer or a nudge is based."""

    title: str
    heading: str = ""
    url: str = ""


class Thread(Frame, frozen=True, tag="conversation"):
    """Names the conversation from here on; sent after `welcome` and when the contact changes.

    If `fresh`, what follows is loaded anew, so forget what was shown of this one or another.
    `read` and `seen` are how far the contact and the members have read.
    """

    epoch: str
    last_seq: int
    read: int
    seen: int
    fresh: bool


class Attached(Struct, frozen=True):
    """A file of a message, fetched from `/widget/file` by its id; `size` is in bytes."""

    id: str
    name: str
    kind: str
    size: int


class Seen(Frame, frozen=True, tag="seen"):
    """A member has read up to `seq`."""

    epoch: str
    seq: int


class Message(Frame, frozen=True, tag="message"):
    """One message, live or from history; `epoch` names its conversation."""

    epoch: str
    seq: int
    author: Literal["contact", "assistant", "member", "notice"]
    text: str
    at: Millis
    name: str = ""
    client_id: str | None = None
    source: Source | None = None
    notice: str = ""
    """Kind of a notice, for a panel that words it in another language; otherwise empty."""
    files: list[Attached] = []


class ShowNudge(Frame, frozen=True, tag="nudge"):
    """Help to put in front of the contact, small and dismissible."""

    nudge: Uuid
    title: str
    text: str
    page: str
    element: str
    source: Source | None = None
    notice: str = ""
    """`problem_known`, `problem_fixed` or empty, for a panel in the contact's own language."""


class BelievedIntent(Frame, frozen=True, tag="intent"):
    """What the contact is believed to want; if `unsure`, ask them with `options`."""

    outcome: Literal["sure", "unsure", "none"]
    title: str = ""
    options: list[IntentOption] = []


class SendReplay(Frame, frozen=True, tag="replay"):
    """Asks for what is recorded of `session`, at `/widget/replay`; other tabs ignore it."""

    session: str


class Prove(Frame, frozen=True, tag="prove"):
    """The identity was not accepted: send `identify` again with a fresh token."""

    why: Literal["missing", "expired", "invalid"]


ErrorCode = Literal[
    "malformed",
    "unknown_type",
    "invalid",
    "too_large",
    "hello_first",
    "hello_twice",
    "wrong_session",
    "sequence_gap",
    "too_many_errors",
    "overloaded",
]


class Error(Frame, frozen=True, tag="error"):
    """A frame was refused and nothing of it is stored. If `closes`, the connection ends now.

    `sequence` names the batch it is about, if any. `invalid`, `unknown_type`: the batch will never
    be accepted and is noted as done, so go on with the next. `overloaded`: send it and all later
    ones again, not before `retry_after`. `sequence_gap`: a batch was skipped; send again from
    `sequence` on.
    """

    code: ErrorCode
    detail: str
    field: str = ""
    sequence: int | None = None
    message: str | None = None
    closes: bool = False
    retry_after: float | None = None
    """Seconds to wait before the same frame may be sent again."""


ToWidget = (
    Welcome
    | Thread
    | Ack
    | Message
    | Read
    | Seen
    | ShowNudge
    | BelievedIntent
    | Home
    | Changed
    | Typing
    | SendReplay
    | Prove
    | Error
)

CLOSE_PROTOCOL = 4400
CLOSE_SHUT = 4403
"""The widget's key was revoked, the origin taken off its list, an identity key retired, or the
contact erased."""
CLOSE_TOO_MANY_ERRORS = 4429
CLOSE_SLOW_READER = 4408
"""The widget sent but did not read; what it sent is stored."""
CLOSE_OVERLOADED = 4503


class Refused(Exception):
    """A frame is refused; carries the error to send back."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.detail)
        self.error = error


_decoder: msgspec.json.Decoder[FromWidget] = msgspec.json.Decoder(FromWidget)
_encoder = msgspec.json.Encoder()
# PostgreSQL stores neither NUL nor half a surrogate pair; pasted text may contain both.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parse_frame(text: str) -> FromWidget:
    """Decodes and checks one frame from a widget; raises `Refused` with code and field."""
    if len(text) > MAX_FRAME or (
        not text.isascii() and len(text.encode("utf-8", "surrogatepass")) > MAX_FRAME
    ):
        raise Refused(Error("too_large", f"A frame may hold {MAX_FRAME} bytes."))
    try:
        if "\\u" in text and ("\\u0000" in text or "\\ud" in text or "\\uD" in text):
            return _checked(msgspec.convert(_cleaned(_loads(text)), FromWidget))
        return _checked(_decoder.decode(text))
    except msgspec.ValidationError as error:
        raise Refused(_explain(str(error), text)) from error
    except (ValueError, RecursionError) as error:
        raise Refused(Error("malformed", f"The frame is not JSON: {error}")) from error


def encode_frame(frame: Frame) -> str:
    return _encoder.encode(frame).decode()


def _checked(frame: FromWidget) -> FromWidget:
    """Checks what types cannot express; raises `Refused`."""
    if isinstance(frame, Say) and not frame.text and not frame.files:
        detail = "Expected `str` of length >= 1"
        raise Refused(Error("invalid", detail, field="text", message=frame.id))
    return frame


def _loads(text: str) -> Any:
    """Decodes with Python's own reader, which accepts half a surrogate pair; refuses infinities."""
    return json.loads(text, parse_float=_finite, parse_constant=_finite)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"{written[:20]} is out of range")
    return number


def _cleaned(value: Any) -> Any:
    """Returns the JSON value with all that cannot be stored replaced by U+FFFD."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    return value


class _Reference(Struct):
    """The part of a refused frame that says which batch or message it was. A number no batch can
    have is left out: the refusal would be stored under it, in one statement with others' batches.
    """

    sequence: Sequence | None = None
    id: str | None = None


def _explain(problem: str, text: str) -> Error:
    """Returns the error for msgspec's message: `… - at `$.events[3].x`` names `events[3].x`."""
    detail, _, where = problem.partition(" - at `")
    field = where.rstrip("`").removeprefix("$").lstrip(".")
    try:
        reference = msgspec.json.decode(text, type=_Reference)
    except (ValueError, RecursionError):
        reference = _Reference()
    if "missing required field `type`" in detail:
        field = "type"
    code: ErrorCode = "unknown_type" if field.split(".")[-1] == "type" else "invalid"
    return Error(code, detail, field=field, sequence=reference.sequence, message=reference.id)

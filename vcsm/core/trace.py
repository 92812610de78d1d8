"""One id through browser, web, task and delivery.

A trace is named as W3C's Trace Context names it: 32 hexadecimal digits, not all of them 0. What a
contact does belongs to the trace of their visit, whose id is the session's, so that the page, every
process and the database know it without being told. A member's request has a trace of its own.
`traceparent` carries it to the next process; what a line of the log says of it is `log_lines`'.

https://www.w3.org/TR/trace-context/#traceparent-header
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

_PARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?")
_NOTHING = re.compile(r"0+")


@dataclass(frozen=True, slots=True)
class Trace:
    id: str
    """Empty: what is done now belongs to none."""
    span: str = ""
    """16 hexadecimal digits: of the span that is open; empty where nobody records spans."""


_NONE = Trace("")
_current: ContextVar[Trace] = ContextVar("vcsm_trace", default=_NONE)


def current_trace() -> Trace:
    return _current.get()


def new_trace() -> Trace:
    return Trace(secrets.token_hex(16))


def trace_of(session_id: UUID | str) -> str:
    """The id of the trace that a visit's doings belong to."""
    return str(session_id).replace("-", "").lower()


def join_trace(trace: Trace) -> None:
    """From here on, for as long as this thread or asyncio task lives: a socket's, once greeted."""
    _current.set(trace)


@contextmanager
def tracing(trace: Trace) -> Iterator[None]:
    """What is done inside belongs to `trace`."""
    token = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(token)


def traceparent(trace_id: str = "") -> str:
    """The header that carries our trace, or the one of that id, to another process."""
    trace = Trace(trace_id) if trace_id else _current.get()
    if not trace.id:
        trace = new_trace()
    # The format has no word for "no span": the trace's own digits stand in.
    return f"00-{trace.id}-{trace.span or trace.id[:16]}-01"


def read_traceparent(header: object) -> Trace | None:
    """None for what is no such header; whoever sends one only names their own request."""
    found = _PARENT.fullmatch(header) if isinstance(header, str) else None
    if found is None or any(_NOTHING.fullmatch(part) for part in found.groups()):
        return None
    trace_id, span = found.groups()
    return Trace(trace_id, "" if span == trace_id[:16] else span)

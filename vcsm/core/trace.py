"""One id through browser, web, task and delivery.

A trace is named as in W3C's Trace Context: 32 hexadecimal digits, not all of them 0. What a contact
does belongs to the trace of their visit, whose id is the session's, so that the page, every process
and the database know it without being told. A member's request has a trace of its own.
`traceparent` carries it to the next process; `log_lines` puts it into log lines.

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
    """Empty when current work belongs to no trace."""
    span: str = ""
    """16 hexadecimal digits of the open span; empty where no spans are recorded."""


_NONE = Trace("")
_current: ContextVar[Trace] = ContextVar("vcsm_trace", default=_NONE)


def current_trace() -> Trace:
    return _current.get()


def new_trace() -> Trace:
    return Trace(secrets.token_hex(16))


def trace_of(session_id: UUID | str) -> str:
    """Returns the id of the trace that everything in a visit belongs to."""
    return str(session_id).replace("-", "").lower()


def join_trace(trace: Trace) -> None:
    """Sets the trace for the rest of this thread or asyncio task: a socket's, once greeted."""
    _current.set(trace)


@contextmanager
def tracing(trace: Trace) -> Iterator[None]:
    """Makes the work inside belong to `trace`."""
    token = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(token)


def traceparent(trace_id: str = "") -> str:
    """Returns the header that carries our trace, or the one of that id, to another process."""
    trace = Trace(trace_id) if trace_id else _current.get()
    if not trace.id:
        trace = new_trace()
    # The format cannot say "no span": the trace's own digits take its place.
    return f"00-{trace.id}-{trace.span or trace.id[:16]}-01"


def read_traceparent(header: object) -> Trace | None:
    """Returns the trace that a `traceparent` header names; None for anything else.

    It may be believed: a sender only names their own request.
    """
    found = _PARENT.fullmatch(header) if isinstance(header, str) else None
    if found is None or any(_NOTHING.fullmatch(part) for part in found.groups()):
        return None
    trace_id, span = found.groups()
    return Trace(trace_id, "" if span == trace_id[:16] else span)

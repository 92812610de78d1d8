"""Tells open sockets that something changed. A hint: the truth is the history they read.

Only `broadcast.py` modules publish, and only after commit. Contacts' and members' groups are
separate, so that nothing written for members can reach a contact's socket.
"""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal
from uuid import UUID

import structlog
from channels.layers import get_channel_layer
from django.db import transaction

from vcsm.core.counts import DELIVERED
from vcsm.core.spans import span
from vcsm.core.trace import new_trace, read_traceparent, traceparent, tracing

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 5
"""Seconds to wait, at most, for a hint to be sent."""

_starting = threading.Lock()


def browser_group(browser_id: UUID | str) -> str:
    """Returns the group of one browser's sockets: every tab of the contact there."""
    return f"browser.{browser_id}"


def members_group(workspace_id: int) -> str:
    """Returns the group of one workspace's consoles."""
    return f"members.{workspace_id}"


def publish_on_commit(group: str, payload: dict[str, Any]) -> None:
    """Sends `payload` (JSON types) to the group once the running transaction has committed."""
    transaction.on_commit(
        lambda: _send(group, {"type": "live", "payload": payload, "trace": traceparent()}),
        robust=True,
    )


def signal_on_commit(group: str, kind: str) -> None:
    """Tells the sockets themselves, not the pages behind them, to `check` or `shut`."""
    transaction.on_commit(lambda: _send(group, {"type": kind}), robust=True)


def _send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    assert layer is not None, "settings name a channel layer"
    sending = layer.group_send(group, message)
    asyncio.run_coroutine_threadsafe(sending, _loop()).result(PATIENCE_SECONDS)


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:
        return _loop_of(os.getpid())


@cache
def _loop_of(process: int) -> asyncio.AbstractEventLoop:
    """Returns this process's own loop for sending, in a thread: a fork inherits no threads.

    The loop and its connection to the broker stay: making both for every message costs a worker
    more than everything else it does to send it.
    """
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="live", daemon=True).start()
    return loop


@contextmanager
def delivering(message: dict[str, Any], *, to: Literal["contact", "member"]) -> Iterator[None]:
    """Wraps a socket's delivery of a group's message, which belongs to its sender's trace."""
    payload = message["payload"]
    kind = str(payload.get("type") or payload.get("what"))
    with (
        tracing(read_traceparent(message.get("trace")) or new_trace()),
        span(f"deliver {kind}", kind="producer", to=to),
    ):
        yield
        DELIVERED.labels(to, kind).inc()
        # A contact has few tabs, but a workspace's consoles are told of everything.
        write = log.debug if to == "member" or kind == "typing" else log.info
        write("delivered", kind=kind, to=to)

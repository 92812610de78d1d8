"""Tells open sockets that something changed. A hint: the truth is the history they read.

Only `broadcast.py` modules call `publish`, and only after commit. Contacts' and members' groups
are separate, so that nothing written for members can reach a contact's socket.
"""

import asyncio
import logging
import os
import threading
from functools import cache
from typing import Any
from uuid import UUID

from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 5
"""Longer nobody waits for a hint to be sent."""

_starting = threading.Lock()


def browser_group(browser_id: UUID | str) -> str:
    """The sockets of one browser: every tab of the contact there."""
    return f"browser.{browser_id}"


def members_group(workspace_id: int) -> str:
    """The consoles of one workspace."""
    return f"members.{workspace_id}"


def publish_on_commit(group: str, payload: dict[str, Any]) -> None:
    """Sends `payload` (JSON types) to the group once the running transaction has committed."""
    transaction.on_commit(lambda: _send(group, payload), robust=True)


def _send(group: str, payload: dict[str, Any]) -> None:
    layer = get_channel_layer()
    assert layer is not None, "settings name a channel layer"
    sending = layer.group_send(group, {"type": "live", "payload": payload})
    asyncio.run_coroutine_threadsafe(sending, _loop()).result(PATIENCE_SECONDS)


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:
        return _loop_of(os.getpid())


@cache
def _loop_of(process: int) -> asyncio.AbstractEventLoop:
    """The process's own loop for sending, in a thread; a fork has none of its parent's threads.

    It stays, and so does its connection to the broker: to make both for every message costs a
    worker more than all else it does to send it.
    """
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="live", daemon=True).start()
    return loop

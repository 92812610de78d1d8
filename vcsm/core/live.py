"""Tells open sockets that something changed. A hint: the truth is the history they read.

Only `broadcast.py` modules call `publish`, and only after commit. Contacts' and members' groups
are separate, so that nothing written for members can reach a contact's socket.
"""

import logging
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger(__name__)


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
    async_to_sync(layer.group_send)(group, {"type": "live", "payload": payload})

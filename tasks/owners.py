"""Tells by a task's arguments whose work it is, and whether what it is about still exists."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError

from vcsm.accounts.models import Member
from vcsm.conversations.history import workspace_of_message
from vcsm.events.sessions import workspace_of_session

OWNERS: dict[str, Callable[[Any], int]] = {
    "workspace_id": int,
    "member_id": lambda told: Member.objects.values_list("workspace_id", flat=True).get(pk=told),
    "session_id": lambda told: workspace_of_session(UUID(told)),
    "session_ids": lambda told: workspace_of_session(UUID(told[0])),
    "message_id": workspace_of_message,
}
"""Argument's name → what finds its workspace's id, or raises ObjectDoesNotExist if it is gone.
Several sessions are always of one workspace."""


def owner_of(arguments: Mapping[str, Any]) -> int | None:
    """Returns the workspace's id; None if it is gone, cannot be read, or no workspace owns it."""
    with suppress(ObjectDoesNotExist, DatabaseError, LookupError, TypeError, ValueError):
        return _find(arguments)
    return None


def is_gone(arguments: Mapping[str, Any]) -> bool:
    """Tells whether it was erased, or dropped with old partitions, since the task was enqueued."""
    try:
        _find(arguments)
    except ObjectDoesNotExist:
        return True
    return False


def _find(arguments: Mapping[str, Any]) -> int | None:
    name = next((name for name in OWNERS if name in arguments), None)
    return OWNERS[name](arguments[name]) if name else None

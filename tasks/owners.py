"""Whose work a task is, and whether what it is about is still there, by what it was given."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError

from vcsm.conversations.history import workspace_of_message
from vcsm.events.sessions import workspace_of_session

OWNERS: dict[str, Callable[[Any], int]] = {
    "workspace_id": int,
    "session_id": lambda told: workspace_of_session(UUID(told)),
    "session_ids": lambda told: workspace_of_session(UUID(told[0])),
    "message_id": workspace_of_message,
}
"""By the name of an argument. Each raises ObjectDoesNotExist for what is gone; several sessions are
of one workspace."""


def owner_of(arguments: Mapping[str, Any]) -> int | None:
    """The workspace; None for what is gone or no such thing at all: then it is nobody's."""
    with suppress(ObjectDoesNotExist, DatabaseError, LookupError, TypeError, ValueError):
        return _find(arguments)
    return None


def is_gone(arguments: Mapping[str, Any]) -> bool:
    """Whether it was erased, or forgotten with its day, since somebody asked for the work."""
    try:
        _find(arguments)
    except ObjectDoesNotExist:
        return True
    return False


def _find(arguments: Mapping[str, Any]) -> int | None:
    name = next((name for name in OWNERS if name in arguments), None)
    return OWNERS[name](arguments[name]) if name else None

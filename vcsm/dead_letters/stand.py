"""Which letters stand: read by the sweeps, the metrics, the console and the command."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.db.models import Count

from vcsm.dead_letters.models import DeadLetter

MOST = 500
Id = TypeVar("Id")


def arguments_standing(task: str, name: str, read: Callable[[Any], Id]) -> list[Id]:
    """Returns the values of the argument `name` with which `task` has failed for good, as ids.

    A sweep leaves these alone: what failed every time would fail again, in the place of others.
    Values that `read` cannot turn into an id name no row, and are passed over.
    """
    standing = DeadLetter.objects.filter(task=task, settled_at=None)
    found = []
    for value in standing.values_list(f"arguments__{name}", flat=True):
        with suppress(AttributeError, TypeError, ValueError):
            found.append(read(value))
    return found


def standing_letters(*, workspace_id: int | None = None) -> list[DeadLetter]:
    """Returns the letters that stand, latest first, at most `MOST`.

    Without `workspace_id` they are those of every workspace and of none.
    """
    standing = DeadLetter.objects.filter(settled_at=None).order_by("-last_at", "-pk")
    if workspace_id is not None:
        standing = standing.filter(workspace_id=workspace_id)
    return list(standing[:MOST])


def count_standing() -> dict[str, int]:
    """Returns the number of letters that stand, by task."""
    standing = DeadLetter.objects.filter(settled_at=None).values("task")
    return {row["task"]: row["letters"] for row in standing.annotate(letters=Count("pk"))}

"""Which letters stand: for the sweeps, the metrics, the console and the command."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.db.models import Count

from vcsm.dead_letters.models import DeadLetter

MOST = 500
Id = TypeVar("Id")


def arguments_standing(task: str, name: str, read: Callable[[Any], Id]) -> list[Id]:
    """The values of the argument `name` with which `task` has failed for good, as ids.

    A sweep leaves these alone: what failed every time fails again, and takes the place of others.
    What is no id is nobody's row, and is passed over.
    """
    standing = DeadLetter.objects.filter(task=task, settled_at=None)
    found = []
    for value in standing.values_list(f"arguments__{name}", flat=True):
        with suppress(AttributeError, TypeError, ValueError):
            found.append(read(value))
    return found


def standing_letters(*, workspace_id: int | None = None) -> list[DeadLetter]:
    """The latest first, at most `MOST`; of every workspace and of none where none is given."""
    standing = DeadLetter.objects.filter(settled_at=None).order_by("-last_at", "-pk")
    if workspace_id is not None:
        standing = standing.filter(workspace_id=workspace_id)
    return list(standing[:MOST])


def count_standing() -> dict[str, int]:
    """By task."""
    standing = DeadLetter.objects.filter(settled_at=None).values("task")
    return {row["task"]: row["letters"] for row in standing.annotate(letters=Count("pk"))}

"""Which letters stand: for the sweeps, the metrics, the console and the command."""

from django.db.models import Count

from vcsm.dead_letters.models import DeadLetter

MOST = 500


def arguments_standing(task: str, name: str) -> list[str]:
    """The values of the argument `name` with which `task` has failed for good.

    A sweep leaves these alone: what failed every time fails again, and takes the place of others.
    """
    standing = DeadLetter.objects.filter(task=task, settled_at=None)
    return [str(value) for value in standing.values_list(f"arguments__{name}", flat=True)]


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

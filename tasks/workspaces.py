"""Enqueues one task for each workspace."""

from vcsm.accounts.models import Workspace
from vcsm.core.queue import enqueue_all


def for_each_workspace(task: str, *, expires: float) -> None:
    """Enqueues `task`; one that waits over `expires` seconds has been overtaken by the next."""
    ids = Workspace.objects.order_by("pk").values_list("pk", flat=True)
    enqueue_all(task, [{"workspace_id": pk} for pk in ids], expires=expires)

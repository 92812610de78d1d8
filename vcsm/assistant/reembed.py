"""Changes the encoder for the whole installation, in small steps that commit.

A row says how far it has come. A run may be stopped anywhere, and the next one goes on. Meanwhile
the old vectors answer.
"""

from collections.abc import Callable
from datetime import datetime

from vcsm.assistant.models import Reembedding
from vcsm.core import embeddings
from vcsm.intent import reembed as intents
from vcsm.knowledge import reembed as passages

STEP = 200


def reembed_some(*, clock: Callable[[], datetime], until: datetime) -> Reembedding | None:
    """Goes on until all vectors are of the present encoder, or until the time is up.

    Returns None if there was nothing to do; `finished_at` is empty while there is more.
    """
    if not _stale():
        return _finish(clock())
    row = _progress(clock())
    while _stale() and clock() < until:
        _step()
        row = _progress(clock())
    return row if _stale() else _finish(clock())


def _stale() -> bool:
    return bool(intents.stale_workspaces() or passages.stale_workspaces())


def _step() -> None:
    """Does one step for the first workspace that waits. Intents come first, as they are few."""
    if waiting := intents.stale_workspaces():
        intents.reembed_texts(workspace_id=waiting[0], at_most=STEP)
    elif waiting := passages.stale_workspaces():
        passages.reembed_passages(workspace_id=waiting[0], at_most=STEP)


def _progress(now: datetime) -> Reembedding:
    left = 0
    for workspace_id in intents.stale_workspaces():
        done, total = intents.count_texts(workspace_id)
        left += total - done
    for workspace_id in passages.stale_workspaces():
        done, total = passages.count_passages(workspace_id)
        left += total - done
    row, _ = Reembedding.objects.get_or_create(
        encoder_id=embeddings.encoder_id(), defaults={"started_at": now, "updated_at": now}
    )
    # Texts added meanwhile count too; what was done before a stop stays done.
    row.total = max(row.total, left)
    row.done, row.updated_at, row.finished_at = row.total - left, now, None
    row.save()
    return row


def _finish(now: datetime) -> Reembedding | None:
    row = Reembedding.objects.filter(pk=embeddings.encoder_id(), finished_at=None).first()
    if row is not None:
        row.done, row.updated_at, row.finished_at = row.total, now, now
        row.save(update_fields=["done", "updated_at", "finished_at"])
    return row

"""Changes the encoder: examples are read by the new one while the old vectors still answer."""

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from vcsm.core import embeddings
from vcsm.intent.guess import Outcome
from vcsm.intent.models import CapturedIntent, IntentExample, Taxonomy
from vcsm.intent.plain import strip_pleasantries

_SWITCH = """
UPDATE intent_intentexample AS e
SET vector = e.next_vector, encoder_id = e.next_encoder_id, next_vector = NULL, next_encoder_id = ''
FROM intent_intent i
WHERE i.id = e.intent_id AND i.workspace_id = %s AND e.next_encoder_id = %s
"""


def stale_workspaces() -> list[int]:
    """Returns workspaces with examples or rejected messages that another encoder read."""
    present = embeddings.encoder_id()
    by_examples = IntentExample.objects.exclude(encoder_id=present)
    found = set(by_examples.values_list("intent__workspace_id", flat=True).distinct())
    others = Taxonomy.objects.exclude(encoder_id__in=["", present])
    found |= set(others.values_list("pk", flat=True))
    found |= set(_all_rejected().values_list("workspace_id", flat=True).distinct())
    return sorted(found)


def count_texts(workspace_id: int) -> tuple[int, int]:
    """Returns (texts read by the present encoder, all texts): examples and rejected messages."""
    examples = IntentExample.objects.filter(intent__workspace_id=workspace_id)
    rejected = CapturedIntent.objects.filter(workspace_id=workspace_id, outcome=Outcome.NONE)
    total = examples.count() + rejected.exclude(encoder_id="").count()
    unread = _unread(workspace_id).count()
    unread += _all_rejected().filter(workspace_id=workspace_id).count()
    return total - unread, total


def reembed_texts(*, workspace_id: int, at_most: int = 200) -> int:
    """Reads up to `at_most` examples or rejected messages by the present encoder; returns how many.

    Call until it returns 0. Each call commits its work, so it can be stopped and resumed anywhere.
    The call that finds no example left makes the present encoder the one that answers; rejected
    messages follow.
    """
    return reembed_examples(workspace_id=workspace_id, at_most=at_most) or _reembed_rejected(
        workspace_id, at_most
    )


def reembed_examples(*, workspace_id: int, at_most: int = 500) -> int:
    """Reads the examples alone; returns how many. With none left, the present encoder answers."""
    present = embeddings.encoder_id()
    rows = list(_unread(workspace_id).order_by("pk")[:at_most])
    if not rows:
        _switch(workspace_id)
        return 0
    for row in rows:
        row.next_vector, row.next_encoder_id = _read(row.text), present
    IntentExample.objects.bulk_update(rows, ["next_vector", "next_encoder_id"], batch_size=200)
    return len(rows)


def _unread(workspace_id: int) -> QuerySet[IntentExample]:
    present = embeddings.encoder_id()
    return IntentExample.objects.filter(intent__workspace_id=workspace_id).exclude(
        Q(encoder_id=present) | Q(next_encoder_id=present)
    )


def _switch(workspace_id: int) -> None:
    present = embeddings.encoder_id()
    with transaction.atomic(), connection.cursor() as cursor:
        taxonomy = Taxonomy.objects.select_for_update().filter(pk=workspace_id).first()
        if taxonomy is None or _unread(workspace_id).exists():
            return
        cursor.execute(_SWITCH, (workspace_id, present))
        if cursor.rowcount or taxonomy.encoder_id not in ("", present):
            Taxonomy.objects.filter(pk=workspace_id).update(
                encoder_id=present, version=F("version") + 1
            )


def _all_rejected() -> QuerySet[CapturedIntent]:
    """Returns messages that clustering would leave out, because another encoder read them."""
    return CapturedIntent.objects.filter(outcome=Outcome.NONE).exclude(
        encoder_id__in=["", embeddings.encoder_id()]
    )


def _reembed_rejected(workspace_id: int, at_most: int) -> int:
    rows = list(_all_rejected().filter(workspace_id=workspace_id).order_by("-at")[:at_most])
    for row in rows:
        row.vector, row.encoder_id = _read(row.text), embeddings.encoder_id()
    CapturedIntent.objects.bulk_update(rows, ["vector", "encoder_id"], batch_size=200)
    return len(rows)


def _read(text: str) -> embeddings.Vector:
    return embeddings.read(strip_pleasantries(text)).feature

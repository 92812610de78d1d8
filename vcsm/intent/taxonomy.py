"""What a workspace's contacts may want: intents with their examples, edited and read."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from django.db import transaction
from django.db.models import F

from vcsm.core import embeddings
from vcsm.intent.guess import Example, Floats
from vcsm.intent.models import Intent, IntentExample, Taxonomy


def save_intent(
    *,
    workspace_id: int,
    name: str,
    examples: Sequence[str],
    title: str = "",
    description: str = "",
) -> Intent:
    """Creates or replaces the intent of that name with exactly these examples.

    Only texts that are new are embedded; repeated and empty ones are dropped.
    """
    texts = list(dict.fromkeys(filter(None, map(embeddings.clean_text, examples))))
    name = embeddings.clean_text(name)[:120]
    if not name:
        raise ValueError("An intent needs a name.")
    with transaction.atomic():
        intent, _ = Intent.objects.update_or_create(
            workspace_id=workspace_id,
            name=name,
            defaults={
                "title": (embeddings.clean_text(title) or title_of(name))[:200],
                "description": embeddings.clean_text(description),
                "retired_at": None,
            },
        )
        intent.examples.exclude(text__in=texts).delete()
        kept = set(intent.examples.values_list("text", flat=True))
        _add_examples(intent, [text for text in texts if text not in kept])
        _count_edit(workspace_id)
    return intent


def add_examples(*, intent_id: int, texts: Sequence[str]) -> None:
    """Teaches an intent more examples, such as messages that a CSM confirmed."""
    intent = Intent.objects.get(pk=intent_id)
    kept = set(intent.examples.values_list("text", flat=True))
    cleaned = dict.fromkeys(filter(None, map(embeddings.clean_text, texts)))
    with transaction.atomic():
        _add_examples(intent, [text for text in cleaned if text not in kept])
        _count_edit(intent.workspace_id)


def read_examples(workspace_id: int) -> list[Example]:
    """All examples of the workspace's intents, keyed by the intent's id, titles included.

    Vectors of another encoder than the present one are left out until they are embedded again
    (`reembed_examples`): they cannot be compared.
    """
    rows = IntentExample.objects.filter(
        intent__workspace_id=workspace_id,
        intent__retired_at=None,
        encoder_id=embeddings.encoder_id(),
    ).order_by("intent_id", "pk")
    examples = [
        Example(str(row.intent_id), row.text, np.asarray(row.vector, dtype=np.float32))
        for row in rows
    ]
    for intent in Intent.objects.filter(workspace_id=workspace_id, retired_at=None).order_by("pk"):
        feature = _read_title(intent.title)
        examples.append(Example(str(intent.pk), intent.title, feature, is_name=True))
    return examples


def reembed_examples(*, workspace_id: int, at_most: int = 500) -> int:
    """Brings up to `at_most` examples of another encoder to the present one; returns how many.

    Call until it returns 0: each call commits what it did, so it can stop and go on anywhere.
    """
    current = embeddings.encoder_id()
    stale = IntentExample.objects.filter(intent__workspace_id=workspace_id).exclude(
        encoder_id=current
    )[:at_most]
    rows = list(stale)
    for row in rows:
        row.vector, row.encoder_id = embeddings.read(row.text).feature, current
    with transaction.atomic():
        IntentExample.objects.bulk_update(rows, ["vector", "encoder_id"], batch_size=200)
        if rows:
            _count_edit(workspace_id)
    return len(rows)


def title_of(name: str) -> str:
    """`card_arrival` as people read it: "Card arrival"."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


@lru_cache(4096)
def _read_title(title: str) -> Floats:
    return embeddings.read(title).feature


def _add_examples(intent: Intent, texts: Sequence[str]) -> None:
    IntentExample.objects.bulk_create(
        [
            IntentExample(
                intent=intent,
                text=text,
                vector=embeddings.read(text).feature,
                encoder_id=embeddings.encoder_id(),
            )
            for text in texts
        ],
        batch_size=200,
    )


def _count_edit(workspace_id: int) -> None:
    Taxonomy.objects.get_or_create(workspace_id=workspace_id)
    Taxonomy.objects.filter(workspace_id=workspace_id).update(version=F("version") + 1)

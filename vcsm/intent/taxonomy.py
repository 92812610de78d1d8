"""What a workspace's contacts may want: its intents and their examples, edited and read."""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

import numpy as np
from django.db import transaction
from django.db.models import F

from vcsm.core import embeddings
from vcsm.intent.guess import Example, Floats
from vcsm.intent.models import Intent, IntentExample, Taxonomy
from vcsm.intent.plain import strip_pleasantries
from vcsm.intent.signs import check_signs


class ChangedMeanwhile(ValueError):
    """Raised when somebody else has changed the intent since the writer read it."""


def save_intent(
    *,
    workspace_id: int,
    name: str,
    examples: Sequence[str],
    title: str = "",
    description: str = "",
    signs: Sequence[str] = (),
    edited: str | None = None,
) -> Intent:
    """Creates or replaces the intent of that name with exactly these examples.

    Only new texts are embedded; repeated and empty ones are dropped. `signs` are pages and tracked
    events that imply the intent by themselves. `edited` is the `version_of` the intent that the
    writer started from: raises ChangedMeanwhile if it has changed since. Raises ValueError for an
    empty name or an invalid sign.
    """
    texts = list(dict.fromkeys(filter(None, map(embeddings.clean_text, examples))))
    name = embeddings.clean_text(name)[:120]
    if not name:
        raise ValueError("An intent needs a name.")
    with transaction.atomic():
        serving = _lock_taxonomy(workspace_id)
        if edited is not None:
            _check_unchanged(workspace_id, name, edited)
        intent, _ = Intent.objects.update_or_create(
            workspace_id=workspace_id,
            name=name,
            defaults={
                "title": (embeddings.clean_text(title) or title_of(name))[:200],
                "description": embeddings.clean_text(description),
                "signs": check_signs(signs),
                "retired_at": None,
            },
        )
        intent.examples.exclude(text__in=texts).delete()
        kept = set(intent.examples.values_list("text", flat=True))
        _add_examples(intent, [text for text in texts if text not in kept], serving)
        _count_edit(workspace_id)
    return intent


@transaction.atomic
def add_intent(
    *,
    workspace_id: int,
    title: str,
    examples: Sequence[str],
    description: str = "",
    signs: Sequence[str] = (),
) -> Intent:
    """Adds an intent under a name made from its title.

    Of two added at once with the same title, neither replaces the other. Raises ValueError as
    `save_intent` does.
    """
    _lock_taxonomy(workspace_id)
    return save_intent(
        workspace_id=workspace_id,
        name=make_name(title, workspace_id=workspace_id),
        title=title,
        examples=examples,
        description=description,
        signs=signs,
    )


def version_of(intent: Intent) -> str:
    """Returns a digest that any change to the intent changes, whoever makes it.

    A message that was confirmed as one more example changes it too.
    """
    texts = list(intent.examples.order_by("pk").values_list("text", flat=True))
    held = [intent.title, intent.description, intent.signs, texts, intent.retired_at is None]
    return sha256(json.dumps(held).encode()).hexdigest()[:16]


def _check_unchanged(workspace_id: int, name: str, edited: str) -> None:
    now = Intent.objects.filter(workspace_id=workspace_id, name=name).first()
    if now is None or version_of(now) != edited:
        raise ChangedMeanwhile("Somebody else has changed this intent meanwhile.")


def retire_intent(*, workspace_id: int, intent_id: int, at: datetime) -> None:
    """Retires an intent: no text is taken for it from now on; earlier records stay."""
    with transaction.atomic():
        _lock_taxonomy(workspace_id)
        Intent.objects.filter(pk=intent_id, workspace_id=workspace_id, retired_at=None).update(
            retired_at=at
        )
        _count_edit(workspace_id)


def add_examples(*, intent_id: int, texts: Sequence[str]) -> None:
    """Teaches an intent more examples, such as messages that a CSM confirmed."""
    intent = Intent.objects.get(pk=intent_id)
    kept = set(intent.examples.values_list("text", flat=True))
    cleaned = dict.fromkeys(filter(None, map(embeddings.clean_text, texts)))
    with transaction.atomic():
        serving = _lock_taxonomy(intent.workspace_id)
        _add_examples(intent, [text for text in cleaned if text not in kept], serving)
        _count_edit(intent.workspace_id)


def serving_encoder(workspace_id: int) -> str:
    """Returns the encoder whose vectors are compared in the workspace.

    While a change is under way it is the former one, or the present one if the former cannot be
    opened any more.
    """
    held = Taxonomy.objects.filter(pk=workspace_id).values_list("encoder_id", flat=True).first()
    return _openable(held or "")


def read_examples(workspace_id: int) -> list[Example]:
    """Returns all examples of the workspace's intents, titles included, keyed by the intent's id.

    Vectors of encoders other than the serving one are left out: they cannot be compared.
    """
    serving = serving_encoder(workspace_id)
    rows = IntentExample.objects.filter(
        intent__workspace_id=workspace_id, intent__retired_at=None, encoder_id=serving
    ).order_by("intent_id", "pk")
    examples = [
        Example(str(row.intent_id), row.text, np.asarray(row.vector, dtype=np.float32))
        for row in rows
    ]
    for intent in Intent.objects.filter(workspace_id=workspace_id, retired_at=None).order_by("pk"):
        feature = _read_feature(serving, intent.title)
        examples.append(Example(str(intent.pk), intent.title, feature, is_name=True))
    return examples


def make_name(title: str, *, workspace_id: int) -> str:
    """Makes an unused name: `When my card arrives` → `when_my_card_arrives`, numbered if taken."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    stem = re.sub(r"\W+", "_", plain).strip("_")[:110] or "intent"
    taken = set(
        Intent.objects.filter(workspace_id=workspace_id, name__startswith=stem).values_list(
            "name", flat=True
        )
    )
    names = [stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def title_of(name: str) -> str:
    """Returns the name as people read it: `card_arrival` → "Card arrival"."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


@lru_cache(4096)
def _read_feature(encoder_id: str, text: str) -> Floats:
    return _feature_by(encoder_id, text)


def _add_examples(intent: Intent, texts: Sequence[str], serving: str) -> None:
    """Stores examples; during a change of encoder each gets a vector by both."""
    present = embeddings.encoder_id()
    IntentExample.objects.bulk_create(
        [
            IntentExample(
                intent=intent,
                text=text,
                vector=_feature_by(serving, text),
                encoder_id=serving,
                next_vector=None if serving == present else _feature_by(present, text),
                next_encoder_id="" if serving == present else present,
            )
            for text in texts
        ],
        batch_size=200,
    )


def _feature_by(encoder_id: str, text: str) -> Floats:
    reading = embeddings.read_as(encoder_id, strip_pleasantries(text))
    assert reading is not None, "only an encoder that can be opened serves"
    return reading.feature


def _lock_taxonomy(workspace_id: int) -> str:
    """Locks out other editors and a switch of encoders; returns the encoder that serves."""
    Taxonomy.objects.get_or_create(
        workspace_id=workspace_id, defaults={"encoder_id": embeddings.encoder_id()}
    )
    taxonomy = Taxonomy.objects.select_for_update().get(pk=workspace_id)
    serving = _openable(taxonomy.encoder_id)
    if taxonomy.encoder_id != serving:
        taxonomy.encoder_id = serving
        taxonomy.save(update_fields=["encoder_id"])
    return serving


def _openable(encoder_id: str) -> str:
    present = embeddings.encoder_id()
    if encoder_id in ("", present) or embeddings.read_as(encoder_id, "") is None:
        return present
    return encoder_id


def _count_edit(workspace_id: int) -> None:
    Taxonomy.objects.filter(pk=workspace_id).update(version=F("version") + 1)

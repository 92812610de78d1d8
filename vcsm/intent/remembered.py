"""One fitted model per workspace and process, refitted after its intents are edited."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from django.db.models import Count

from vcsm.core import embeddings
from vcsm.intent.classifier import IntentModel, fit
from vcsm.intent.confirmed import confirmed_scores
from vcsm.intent.health import Health, assess
from vcsm.intent.models import Intent, IntentExample, Taxonomy
from vcsm.intent.taxonomy import read_examples, serving_encoder

REMEMBER = 32
"""Workspaces kept per process; a model of 1,500 examples takes about 20 MB."""


@dataclass(frozen=True)
class Known:
    """What a workspace knows of its intents, as of one edit and one count of confirmed messages."""

    version: int
    confirmed: int
    encoder_id: str
    """Encoder whose vectors the model compares: read texts with `embeddings.read_as`."""
    fitted: IntentModel
    """The model fitted from the examples alone."""
    model: IntentModel
    """That model, calibrated on confirmed live messages where there are any."""


_held: OrderedDict[int, Known] = OrderedDict()
_lock = threading.Lock()


def model_for(workspace_id: int) -> IntentModel:
    """Returns the workspace's model as of its last edit. One short query when nothing changed."""
    return known_for(workspace_id).model


def known_for(workspace_id: int) -> Known:
    """Returns the model together with the encoder that texts must be read with."""
    row = Taxonomy.objects.filter(pk=workspace_id).values_list("version", "confirmed").first()
    version, confirmed = row or (0, 0)
    with _lock:
        held = _held.get(workspace_id)
        if held and (held.version, held.confirmed) == (version, confirmed):
            _held.move_to_end(workspace_id)
            return held
    # Outside the lock: a fit takes up to a second, and other workspaces must not wait for it.
    encoder_id = serving_encoder(workspace_id)
    same = held is not None and held.version == version and held.encoder_id == encoder_id
    fitted = held.fitted if held and same else _fit(workspace_id)
    scores = confirmed_scores(workspace_id, fitted, encoder_id) if confirmed else []
    model = fitted.recalibrate(scores) if scores else fitted
    known = Known(version, confirmed, encoder_id, fitted, model)
    with _lock:
        _held[workspace_id] = known
        _held.move_to_end(workspace_id)
        while len(_held) > REMEMBER:
            _held.popitem(last=False)
    return known


def _fit(workspace_id: int) -> IntentModel:
    return fit(read_examples(workspace_id), familiar=embeddings.familiar_words())


def read_health(workspace_id: int) -> Health:
    """Returns how good the workspace's intents are, keyed by their ids, and what to add."""
    intents = Intent.objects.filter(workspace_id=workspace_id, retired_at=None)
    rows = intents.annotate(count=Count("examples")).values_list("pk", "title", "count")
    return assess(
        known_for(workspace_id).fitted,
        counts={str(pk): count for pk, _, count in rows},
        titles={str(pk): title for pk, title, _ in rows},
        examples=[
            (str(intent), text)
            for intent, text in IntentExample.objects.filter(intent__in=intents)
            .order_by("intent_id", "pk")
            .values_list("intent_id", "text")
        ],
    )


def forget_models() -> None:
    """Drops all models, e.g. after a fork or between tests that reuse ids."""
    with _lock:
        _held.clear()

"""One fitted model per workspace in this process, refitted when its intents were edited."""

import threading
from collections import OrderedDict

from django.db.models import Count

from vcsm.intent.classifier import IntentModel, fit
from vcsm.intent.health import Health, assess
from vcsm.intent.models import Intent, Taxonomy
from vcsm.intent.taxonomy import read_examples

REMEMBER = 32
"""Workspaces per process; a model of 1,500 examples takes about 20 MB."""

_models: OrderedDict[int, tuple[int, IntentModel]] = OrderedDict()
_lock = threading.Lock()


def model_for(workspace_id: int) -> IntentModel:
    """The workspace's model as of its last edit. One short query when nothing changed."""
    version = (
        Taxonomy.objects.filter(workspace_id=workspace_id).values_list("version", flat=True).first()
    ) or 0
    with _lock:
        held = _models.get(workspace_id)
        if held and held[0] == version:
            _models.move_to_end(workspace_id)
            return held[1]
    # Outside the lock: a fit takes up to a second, and other workspaces must not wait for it.
    model = fit(read_examples(workspace_id))
    with _lock:
        _models[workspace_id] = (version, model)
        _models.move_to_end(workspace_id)
        while len(_models) > REMEMBER:
            _models.popitem(last=False)
    return model


def read_health(workspace_id: int) -> Health:
    """How good the workspace's intents are, keyed by their ids, with what to add."""
    intents = Intent.objects.filter(workspace_id=workspace_id, retired_at=None)
    rows = intents.annotate(count=Count("examples")).values_list("pk", "title", "count")
    return assess(
        model_for(workspace_id),
        counts={str(pk): count for pk, _, count in rows},
        titles={str(pk): title for pk, title, _ in rows},
    )


def forget_models() -> None:
    """Drops all models, e.g. after a fork or between tests that reuse ids."""
    with _lock:
        _models.clear()

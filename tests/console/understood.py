"""An intent, a message, an unmet wish and an article of Acme's, for sweeps over the console."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import numpy as np

from tests.cast import NOON
from tests.console.scene import Scene
from vcsm.intent.classify import capture_asked
from vcsm.intent.models import UnmetCluster
from vcsm.intent.taxonomy import save_intent
from vcsm.knowledge.articles import ArticleText, save_article

BODIES: dict[str, dict[str, Any]] = {
    "api/intents/<int:intent_id>": {"title": "Something new", "examples": ["anything new"]},
    "api/intents/heard/<int:captured_id>": {"intent": None},
    "api/articles/<int:article_id>": {"title": "How to", "body": "Press it."},
    "adopt": {"title": "A chart"},
}


def make_understood(scene: Scene) -> None:
    """Makes one of each."""
    for make in UNDERSTOOD.values():
        make(scene)


def _intent(scene: Scene) -> int:
    name = f"export_{uuid4().hex}"
    return save_intent(
        workspace_id=scene.cast.acme.pk, name=name, title="Export", examples=["export it"]
    ).pk


def _captured(scene: Scene) -> int:
    return capture_asked(
        workspace_id=scene.cast.acme.pk,
        contact_id=scene.cast.vera.pk,
        session_id=None,
        text="Export for Kestrel",
        at=NOON,
    ).pk


def _cluster(scene: Scene) -> int:
    return UnmetCluster.objects.create(
        workspace=scene.cast.acme,
        title="Export for Vera",
        centre=np.ones(1536, np.float32),
        encoder_id="none:1",
        size=9,
        contacts=1,
        accounts=1,
        annual_revenue=1,
        first_at=NOON,
        last_at=NOON,
        found_at=NOON,
        seen_at=NOON,
    ).pk


def _article(scene: Scene) -> int:
    text = ArticleText("Export for Acme", "Press Export, Vera.")
    return save_article(workspace_id=scene.cast.acme.pk, slug="export", text=text, at=NOON).pk


UNDERSTOOD: dict[str, Callable[[Scene], int]] = {
    "<int:intent_id>": _intent,
    "<int:captured_id>": _captured,
    "<int:cluster_id>": _cluster,
    "<int:article_id>": _article,
}
"""Parameter in an address → what makes such an object and returns its id."""

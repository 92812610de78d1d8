"""Several sessions in one message: what goes wrong with one is that one's alone."""

from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F

import tasks
from tests.cast import Cast
from tests.console.scene import make_scene
from vcsm.core import queue
from vcsm.friction.models import FrictionSignal

tasks.app.loader.import_default_modules()
pytestmark = pytest.mark.django_db


def react_each(session_ids: list[str]) -> None:
    tasks.app.tasks["assistant.react_each"].run(session_ids)


def test_one_that_fails_is_tried_again_by_itself(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(
        queue.app, "send_task", lambda task, **how: sent.append((task, how["kwargs"]))
    )
    session = make_scene(cast).session
    FrictionSignal.objects.filter(session=session).update(reacted_revision=0)

    react_each(["no such thing", str(session.pk)])

    assert ("assistant.react", {"session_id": "no such thing"}) in sent
    signals = FrictionSignal.objects.filter(session=session)
    assert not signals.filter(reacted_revision__lt=F("revision")).exists()


def test_who_is_told_to_stop_stops(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is tried again as a whole: who was thought about already costs nothing then."""
    session = make_scene(cast).session
    tried: list[object] = []

    def react(**about: object) -> None:
        tried.append(about)
        raise SoftTimeLimitExceeded

    monkeypatch.setattr("tasks.assistant.react.react", react)
    with pytest.raises(SoftTimeLimitExceeded):
        react_each([str(session.pk), str(session.pk)])
    assert len(tried) == 1

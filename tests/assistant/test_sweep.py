"""What was lost on its way is found, and does not stand before who has just begun to struggle."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import NOON, Cast
from vcsm.assistant import sweep
from vcsm.core.backlog import queue_length
from vcsm.friction.models import FrictionSignal

pytestmark = pytest.mark.django_db


def test_it_works(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    again = f"test-{uuid4().hex}"  # no worker fetches from it
    monkeypatch.setattr(sweep, "AGAIN", again)
    monkeypatch.setattr(sweep, "MOST", 2)
    FrictionSignal.objects.create(
        workspace=cast.acme, session=cast.session(), contact=cast.vera, kind="rage", key="b",
        element="b", page="/reports", severity=0.6, count=4, started_at=NOON, last_at=NOON,
    )  # fmt: skip
    sweep.sweep(now=NOON + sweep.PATIENCE)
    assert queue_length(again) == 0, "it is on its way"
    for waiting in (1, 2, 2):
        sweep.sweep(now=NOON + sweep.PATIENCE + timedelta(seconds=1))
        assert queue_length(again) == waiting

"""A draft in a model's words: a real worker, a real endpoint that lies, and what is left of it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.console.scene import Scene
from tests.llm_endpoint import Endpoint
from tests.stack import run_environment, start_part
from vcsm.audit.models import Entry
from vcsm.core.queue import enqueue
from vcsm.embedded.parts import worker

TRUE = "I see that you clicked Export 5 times and it did not do what you expected [1]."


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as running:
        yield running


@pytest.fixture(scope="module")
def writer(
    endpoint: Endpoint, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The queue of a worker of its own, which knows a language model: others' workers know none."""
    queue, home = f"letters-{uuid4().hex[:8]}", Path(tmp_path_factory.mktemp("letters"))
    env = {**run_environment(), "LLM_URL": endpoint.address}
    part = worker(queue=queue, processes=1, home=home, env=env)
    with start_part(part, name="letters", home=home):
        yield queue


@pytest.fixture(autouse=True)
def asked_of_writer(
    writer: str, endpoint: Endpoint, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LLM_URL = endpoint.address
    monkeypatch.setattr("vcsm.core.ask.enqueue", partial(enqueue, queue=writer))


def test_it_works(alice: Client, scene: Scene, endpoint: Endpoint) -> None:
    endpoint.text = f"{TRUE} You get a refund of 500 euros today [1]."
    letter = alice.post(f"{scene.api}/letter").json()
    said = [(one["text"], one["record"] and one["record"]["kind"]) for one in letter["draft"]]
    assert said == [
        ("Hello Vera,", None),
        ("this is Alice from Acme.", None),
        (TRUE.replace(" [1]", ""), "signal"),
        ("Shall we do it together now?", None),
    ]
    assert letter["removed"] == 1
    assert Entry.objects.filter(kind="view", body__contains="letter").count() == 1


def test_a_model_with_nothing_but_lies_leaves_the_records_own_words(
    alice: Client, scene: Scene, endpoint: Endpoint
) -> None:
    endpoint.text = "It does nothing, you wrote, so we refund you 500 euros [1]."
    letter = alice.post(f"{scene.api}/letter").json()
    assert (letter["draft"], "records support" in letter["why"]) == ([], True)


def test_nothing_recorded_is_nothing_to_write_from(
    alice: Client, scene: Scene, endpoint: Endpoint
) -> None:
    scene.session.signals.all().delete()
    before = len(endpoint.asked)
    letter = alice.post(f"{scene.api}/letter").json()
    assert (letter["draft"], "Nothing is recorded" in letter["why"]) == ([], True)
    assert len(endpoint.asked) == before


def test_charlie_gets_no_letter(charlie: Client, scene: Scene) -> None:
    assert charlie.post(f"{scene.api}/letter").status_code == 404


def test_the_screen_offers_it_where_a_model_is_configured(
    alice: Client, scene: Scene, settings: Any
) -> None:
    assert alice.get(f"{scene.api}/around").json()["writer"] is True
    settings.LLM_URL = ""
    assert alice.get(f"{scene.api}/around").json()["writer"] is False
    assert "No language model" in alice.post(f"{scene.api}/letter").json()["why"]

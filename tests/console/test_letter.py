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


def written(member: Client, scene: Scene) -> dict[str, Any]:
    """As the page does: asks for it, and looks until it is there."""
    letter: dict[str, Any] = member.post(f"{scene.api}/letter").json()
    for _ in range(300):
        if letter["ticket"] is None:
            return letter
        letter = member.get(f"{scene.api}/letter", {"ticket": letter["ticket"]}).json()
    raise AssertionError("it is never written")


def test_it_works(alice: Client, scene: Scene, endpoint: Endpoint) -> None:
    endpoint.text = f"{TRUE} You get a refund of 500 euros today [1]."
    letter = written(alice, scene)
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
    letter = written(alice, scene)
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


def test_no_request_waits_for_a_slow_model_and_a_letter_is_only_its_askers(
    alice: Client, bob: Client, scene: Scene, endpoint: Endpoint
) -> None:
    endpoint.text = TRUE
    endpoint.may_answer.clear()
    try:
        begun = alice.post(f"{scene.api}/letter").json()
        asked = {"ticket": begun["ticket"]}
        assert begun["ticket"] and alice.get(f"{scene.api}/letter", asked).json() == begun
        assert bob.get(f"{scene.api}/letter", asked).status_code == 404
        # What it is made of is what was recorded when it was asked for.
        scene.session.signals.all().delete()
    finally:
        endpoint.may_answer.set()
    for _ in range(300):
        letter = alice.get(f"{scene.api}/letter", asked).json()
        if letter["ticket"] is None:
            break
    assert [one["record"]["kind"] for one in letter["draft"] if one["record"]] == ["signal"]
    again = alice.get(f"{scene.api}/letter", asked).json()
    assert again == letter, "an answer that was lost on its way is there to be read again"


@pytest.mark.parametrize(
    ("ticket", "status"),
    [("", 400), ("nonsense", 400), ("5f3c2a52-0000-4000-8000-000000000000", 404)],
)
def test_a_ticket_that_is_none(alice: Client, scene: Scene, ticket: str, status: int) -> None:
    assert alice.get(f"{scene.api}/letter", {"ticket": ticket}).status_code == status


def test_a_letter_that_nobody_writes_ends(
    alice: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vcsm.core.ask.enqueue", partial(enqueue, queue="nobody-listens"))
    monkeypatch.setattr("vcsm.console.screen.letter.SECONDS", -1.0)
    answer = alice.post(f"{scene.api}/letter")
    assert (answer.status_code, "No worker" in answer.json()["detail"]) == (503, True)

"""What was erased while its task waited is no failure; what is no such thing at all still is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

import tasks
from tasks.durable import RETRIES, DurableTask
from tests.cast import NOON, Cast
from tests.console.scene import make_scene
from vcsm.dead_letters.keep import Failed, keep
from vcsm.dead_letters.models import DeadLetter

tasks.app.loader.import_default_modules()
pytestmark = pytest.mark.django_db

GONE: list[tuple[str, dict[str, Any]]] = [
    ("assistant.react", {"session_id": str(uuid4())}),
    ("assistant.reply", {"message_id": 2**40}),
    ("assistant.chosen", {"session_id": str(uuid4()), "intent_id": 1}),
]


@pytest.fixture(autouse=True)
def in_this_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's connection is in a transaction, which a worker between two tasks never is."""
    monkeypatch.setattr("tasks.durable.close_old_connections", lambda: None)


@contextmanager
def last_attempt(name: str) -> Iterator[DurableTask]:
    """As a worker calls it, so that what is raised is raised and not tried again."""
    task = tasks.app.tasks[name]
    assert isinstance(task, DurableTask)
    task.push_request(called_directly=False, id=str(uuid4()), retries=RETRIES)
    try:
        yield task
    finally:
        task.pop_request()


@pytest.mark.parametrize(("name", "arguments"), GONE)
def test_what_is_gone_is_done(name: str, arguments: dict[str, Any], cast: Cast) -> None:
    failed = Failed(task=name, arguments=arguments, error=ValueError(), workspace_id=cast.acme.pk)
    keep(failed, now=NOON)

    with last_attempt(name) as task:
        task(**arguments)

    assert DeadLetter.objects.get(arguments=arguments).outcome == "done", "nothing is left to do"


def test_what_never_was_fails() -> None:
    with last_attempt("assistant.react") as task, pytest.raises(ValueError):
        task(session_id="no such thing")


def test_something_else_that_is_missing_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is not taken for an erasure: what the task is about is still there."""
    session = make_scene(cast).session

    def react(**_: Any) -> None:
        raise DeadLetter.DoesNotExist

    monkeypatch.setattr("tasks.assistant.react.react", react)
    with last_attempt("assistant.react") as task, pytest.raises(DeadLetter.DoesNotExist):
        task(session_id=str(session.pk))

"""Every task in the registry, as it is on the day this runs: where it waits, how long it may run,
and that running it twice is running it once. A task added later is covered, or fails here."""

import inspect
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

import tasks
from tasks.durable import LONGEST_PAUSE, DurableTask
from tasks.owners import OWNERS
from tasks.schedule import SCHEDULE
from tests.cast import Cast
from tests.isolation.material import changes, rows_of
from tests.isolation.scene import make_split
from vcsm.config.routes import LIMITS, QUEUES, VISIBILITY_SECONDS
from vcsm.conversations.models import Message
from vcsm.core import queue
from vcsm.friction.models import FrictionSignal

tasks.app.loader.import_default_modules()
TASKS = sorted(name for name in tasks.app.tasks if not name.startswith("celery."))
LASTING = [name for name in TASKS if not tasks.app.tasks[name].ephemeral]
FIND_WORK = {
    "assistant.chosen",
    "assistant.react",
    "assistant.react_each",
    "assistant.reply",
    "problems.look_at",
}
"""Tasks for which the scene has something to do: that the first run did it is looked at too."""


@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_durable_and_limited(name: str) -> None:
    task = tasks.app.tasks[name]
    assert isinstance(task, DurableTask)
    assert task.acks_late and task.reject_on_worker_lost and task.retry_on_worker_lost
    soft, hard = LIMITS[QUEUES.get(name, queue.DEFAULT)]
    assert (task.soft_time_limit, task.time_limit) == (soft, hard) and soft < hard
    assert 2 * hard + LONGEST_PAUSE < VISIBILITY_SECONDS, "it could be started twice"
    sent_to = tasks.app.amqp.router.route({}, name)["queue"]
    assert getattr(sent_to, "name", sent_to) == QUEUES.get(name, queue.DEFAULT)


def test_every_route_is_a_tasks() -> None:
    assert set(QUEUES) <= set(TASKS)


@pytest.mark.parametrize("name", LASTING)
def test_whose_work_it_is_can_be_told(name: str) -> None:
    """So that its letter is shown to the right workspace: by the first argument that says so."""
    parameters = inspect.signature(tasks.app.tasks[name].run).parameters
    assert not parameters or set(parameters) & set(OWNERS)


def test_what_beat_sends_is_not_piled_up() -> None:
    """What waited longer than until the next one is not run, and not tried again."""
    assert all("expires" in entry["options"] for entry in SCHEDULE.values())


class Stopped(datetime):
    """Two runs at one moment: only what running again does may differ, not what time does."""

    AT = datetime.now(UTC)

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return cls.AT


@pytest.mark.django_db
@pytest.mark.parametrize("name", LASTING)
def test_twice_is_once(name: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue.app, "send_task", lambda *_, **__: None)
    task = tasks.app.tasks[name]
    module = inspect.getmodule(inspect.unwrap(task.run))
    if hasattr(module, "datetime"):
        monkeypatch.setattr(module, "datetime", Stopped)
    calls = _scene(cast, inspect.signature(task.run).parameters)
    before = rows_of(cast.acme.pk)

    _run(task, calls)
    once = rows_of(cast.acme.pk)
    _run(task, calls)

    assert not changes(once, rows_of(cast.acme.pk))
    assert changes(before, once) or name not in FIND_WORK, "it did nothing: this shows nothing"


def _scene(cast: Cast, parameters: Any) -> list[dict[str, Any]]:
    """Acme with one of nearly everything, friction nobody has thought about, and arguments."""
    split = make_split(cast)
    session = split.scene.session
    FrictionSignal.objects.filter(session=session).update(reacted_revision=0, last_at=Stopped.AT)
    intents = rows_of(cast.acme.pk)["intent.Intent"]
    known: dict[str, list[Any]] = {
        "session_id": [str(session.pk)],
        "session_ids": [[str(session.pk)]],
        "message_id": list(Message.objects.filter(handled_at=None).values_list("pk", flat=True)),
        "intent_id": list(intents)[:1],
        "workspace_id": [cast.acme.pk],
        "member_id": [cast.alice.pk],
        "choice": [str(uuid4())],
    }
    assert set(parameters) <= set(known), "say here what the new argument may be"
    return list(_calls({name: known[name] for name in parameters}))


def _calls(values: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    most = max((len(one) for one in values.values()), default=1)
    for turn in range(most):
        yield {name: one[turn % len(one)] for name, one in values.items()}


def _run(task: Any, calls: list[dict[str, Any]]) -> None:
    for arguments in calls:
        with suppress(ObjectDoesNotExist), transaction.atomic():
            task.run(**arguments)

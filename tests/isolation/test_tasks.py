"""Every task in the registry, with ids of both workspaces mixed: what is Acme's stays Acme's."""

import inspect
import itertools
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from tasks import app
from tests.cast import NOON, Cast
from tests.isolation.material import changes, read_material, rows_of
from tests.isolation.scene import Split, make_split
from vcsm.conversations.models import Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.core.encoder.elsewhere import READ, READ_MANY
from vcsm.knowledge.letter import TASK as WRITE

pytestmark = pytest.mark.django_db

BY_THEMSELVES = {READ, READ_MANY, WRITE, "core.pulse"}
"""Tasks that are given texts and no row of anybody."""
NOBODYS = {"choice"}
"""Parameters that name nobody's row, and may be left out."""
OVERSEERS = 2
"""Parameters a task takes at most; more would make the mixtures many."""

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))


def _ids(split: Split, parameter: str) -> tuple[list[Any], list[Any]]:
    """Globex's own and Acme's values for a task's parameter; a new one is a line here."""
    scene = split.scene
    ours = post_message(
        conversation=conversation_of(split.session),
        author=Message.Author.CONTACT,
        text="Where is it?",
        now=NOON,
    )
    theirs = Message.objects.filter(conversation=scene.conversation).values_list("pk", flat=True)
    known: dict[str, tuple[list[Any], list[Any]]] = {
        "session_id": ([str(split.session.pk)], [str(scene.session.pk)]),
        "session_ids": ([[str(split.session.pk)]], []),
        "message_id": ([ours.pk], list(theirs)),
        "intent_id": ([], _of(scene.cast.acme.pk, "intent.Intent")),
        "workspace_id": ([split.cast.globex.pk], []),
        "escalation_id": ([], [str(scene.escalation.pk)]),
        "member_id": ([], _of(scene.cast.acme.pk, "accounts.Member")),
    }
    assert parameter in known, f"say in tests/isolation/test_tasks.py what `{parameter}` may be"
    return known[parameter]


def calls(name: str, split: Split) -> Iterator[dict[str, Any]]:
    """Argument sets with something of Globex's in them, or nothing of anybody's."""
    parameters = [
        parameter
        for parameter in inspect.signature(app.tasks[name].run).parameters
        if parameter not in NOBODYS
    ]
    assert len(parameters) <= OVERSEERS, f"{name} takes many ids: write its mixtures out"
    choices = [_ids(split, parameter) for parameter in parameters]
    for values in itertools.product(*(ours + theirs for ours, theirs in choices)):
        mine = [value in ours for value, (ours, _) in zip(values, choices, strict=True)]
        if any(mine) or not parameters:
            yield dict(zip(parameters, values, strict=True))


@pytest.mark.parametrize("name", TASKS)
def test_a_task_of_globex_leaves_acme_alone(
    name: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in BY_THEMSELVES:
        return
    split = make_split(cast)
    made = list(calls(name, split))
    acme = read_material(cast.acme.pk, known_to=cast.globex.pk)
    assert acme.secrets
    for arguments in made:
        with suppress(ObjectDoesNotExist), transaction.atomic():
            app.tasks[name].run(**arguments)
    if made and made != [{}]:
        # A sweep over all workspaces may well change Acme's rows; a task for Globex may not.
        assert not changes(acme.rows, rows_of(cast.acme.pk)), made
    assert not acme.leaks(str(rows_of(cast.globex.pk)))


def _of(workspace_id: int, label: str) -> list[int]:
    return [key for key in rows_of(workspace_id)[label] if not isinstance(key, np.ndarray)]


def test_the_registry_is_not_empty() -> None:
    assert {"assistant.react", "assistant.reply", "problems.look"} <= set(TASKS)

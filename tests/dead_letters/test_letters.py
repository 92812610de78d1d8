"""A letter's life: kept once, counted, run again, dropped; whose it is, and who may see it."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import NOON, Cast
from tests.console.conftest import signed_in
from vcsm.audit.models import Entry
from vcsm.core import queue
from vcsm.dead_letters.act import AGAIN, CannotRun, drop, run_again, run_all
from vcsm.dead_letters.keep import KEPT, Failed, forget_settled, keep, settle
from vcsm.dead_letters.models import DeadLetter
from vcsm.dead_letters.stand import arguments_standing, count_standing

pytestmark = pytest.mark.django_db
TASK = "assistant.react"


def failed(cast: Cast, *, whose: str = "acme", number: int = 1) -> DeadLetter:
    workspace = {"acme": cast.acme.pk, "globex": cast.globex.pk, "nobody": None}[whose]
    arguments = {"session_id": f"{whose}-{number}"}
    keep(
        Failed(task=TASK, arguments=arguments, error=ValueError("x"), workspace_id=workspace),
        now=NOON,
    )
    return DeadLetter.objects.get(arguments=arguments, settled_at=None)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(queue.app, "send_task", lambda task, **how: told.append(how["kwargs"]))
    return told


def test_it_works(
    cast: Cast, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    letter = failed(cast)
    again = failed(cast)
    assert (again.pk, again.times, again.first_at) == (letter.pk, 2, NOON)
    assert arguments_standing(TASK, "session_id", str) == ["acme-1"]
    assert arguments_standing(TASK, "session_id", int) == [], "no number: nobody's row"
    assert count_standing() == {TASK: 1}

    with django_capture_on_commit_callbacks(execute=True):
        run_again(letter.pk, by=cast.bob, now=NOON)
    assert sent == [{"session_id": "acme-1"}]
    with pytest.raises(CannotRun, match="a moment ago"):
        run_again(letter.pk, by=cast.bob, now=NOON + AGAIN / 2)

    settle(TASK, letter.arguments, now=NOON + timedelta(seconds=1))
    letter.refresh_from_db()
    assert (letter.outcome, letter.settled_by) == ("done", "Bob")
    assert failed(cast).pk != letter.pk, "failing again later is another letter"


def test_the_audit_says_who_ran_and_who_dropped(cast: Cast, sent: list[Any]) -> None:
    first, second = failed(cast), failed(cast, number=2)
    run_again(first.pk, by=cast.bob, now=NOON)
    drop(second.pk, by=cast.bob, now=NOON)
    entries = Entry.objects.filter(workspace=cast.acme, kind="dead_letter").order_by("pk")
    assert [entry.subject for entry in entries] == [
        f"dead_letter:{first.pk}",
        f"dead_letter:{second.pk}",
    ]
    assert '"did":"drop"' in entries[1].body
    with pytest.raises(DeadLetter.DoesNotExist):
        drop(second.pk, by=cast.bob, now=NOON)


def test_all_are_run_but_those_that_run_already(cast: Cast, sent: list[Any]) -> None:
    running, *_ = (failed(cast, number=number) for number in range(3))
    failed(cast, whose="globex")
    run_again(running.pk, by="x", now=NOON)
    assert run_all(by="x", now=NOON, workspace_id=cast.acme.pk) == 2
    assert run_all(by="x", now=NOON) == 1


def test_what_is_no_work_is_only_dropped(cast: Cast) -> None:
    keep(Failed(task="odd", arguments={}, error=ValueError(), runnable=False), now=NOON)
    letter = DeadLetter.objects.get(task="odd")
    with pytest.raises(CannotRun, match="only be dropped"):
        run_again(letter.pk, by="x", now=NOON)
    assert run_all(by="x", now=NOON) == 0


def test_settled_ones_go_after_a_while(cast: Cast) -> None:
    letter = failed(cast)
    drop(letter.pk, by="x", now=NOON)
    standing = failed(cast, number=2)
    assert forget_settled(now=NOON + KEPT - timedelta(days=1)) == 0
    assert forget_settled(now=NOON + KEPT + timedelta(days=1)) == 1
    assert DeadLetter.objects.get() == standing


def test_the_command_lists_runs_and_drops(cast: Cast, sent: list[Any]) -> None:
    letter, other = failed(cast), failed(cast, whose="nobody")
    assert f"{other.pk}  {TASK}" in _command("list") and "no workspace's" in _command()
    assert "sent again" in _command("run", str(letter.pk))
    assert "1 sent again" in _command("run", "--all")
    assert "is dropped" in _command("drop", str(letter.pk))
    for wrong, words in (
        (("drop", str(letter.pk)), "No dead letter"),
        (("run",), "Which"),
        (("run", "999999"), "No dead letter"),
        (("run", str(other.pk)), "a moment ago"),
    ):
        with pytest.raises(CommandError, match=words):
            _command(*wrong)


def test_admins_see_their_own_workspace_and_no_more(cast: Cast) -> None:
    ours = failed(cast)
    theirs, nobodys = failed(cast, whose="globex"), failed(cast, whose="nobody")
    bob = signed_in(cast.bob)

    lines = bob.get("/console/api/dead-letters").json()["letters"]

    assert [line["id"] for line in lines] == [ours.pk]
    for foreign in (theirs, nobodys):
        for act in ("run", "drop"):
            assert _post(bob, f"{foreign.pk}/{act}").status_code == 404
    assert signed_in(cast.alice).get("/console/api/dead-letters").status_code == 403
    assert _post(signed_in(cast.alice), f"{ours.pk}/drop").status_code == 403
    assert not DeadLetter.objects.exclude(settled_at=None, run_at=None).exists()


def test_an_admin_runs_and_drops(cast: Cast, sent: list[Any]) -> None:
    bob = signed_in(cast.bob)
    first, second = failed(cast), failed(cast, number=2)
    failed(cast, number=3)
    failed(cast, whose="globex")
    assert _post(bob, f"{first.pk}/run").status_code == 200
    assert _post(bob, f"{first.pk}/run").status_code == 409
    assert len(_post(bob, f"{second.pk}/drop").json()["letters"]) == 2
    assert _post(bob, "run-all").json()["sent"] == 1


def _post(client: Client, path: str) -> Any:
    return client.post(f"/console/api/dead-letters/{path}", content_type="application/json")


def _command(*arguments: str) -> str:
    said = StringIO()
    call_command("dead_letters", *arguments, stdout=said)
    return said.getvalue()

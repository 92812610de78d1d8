"""Guardrails where they bite: the real server and worker, a contact who struggles and writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any, TypeVar

import pytest
from django.test import Client

from tests.cast import Cast
from tests.lessons import teach
from tests.stack import Stack
from tests.widget_client import click, rage, widget
from vcsm.audit.models import Entry
from vcsm.conversations.models import Message, Nudge
from vcsm.escalation.models import Decision, Escalation
from vcsm.governance.models import Act, Approval
from vcsm.governance.switches import stop

T = TypeVar("T")
VERA = {"id": "vera", "name": "Vera", "account": {"id": "kestrel"}}


def eventually(find: Callable[[], T | None]) -> T:
    """The first answer that is not None; a worker that has just started needs a while."""
    deadline = monotonic() + 120
    while True:
        found = find()
        if found:
            return found
        assert monotonic() < deadline, "it did not happen in time"
        sleep(0.05)


@pytest.fixture
def taught(live_cast: Cast) -> Cast:
    teach(live_cast.acme)
    return live_cast


def struggle(client: Any) -> None:
    client.hello(identity=VERA, page="/reports")
    client.events(1, *[click(number) for number in range(1, 6)], rage(1, clicks=5))


def pull(cast: Cast, what: str) -> None:
    stop(workspace_id=cast.acme.pk, what=what, by=cast.bob, why="test", now=datetime.now(UTC))


def set_level(cast: Cast, use_case: str, level: str) -> None:
    Approval.objects.create(
        workspace=cast.acme, use_case=use_case, level=level, at=datetime.now(UTC), why="test"
    )


def post(cast: Cast, address: str, body: dict[str, str]) -> Any:
    client = Client()
    client.force_login(cast.alice.user)
    return client.post(f"/console/api/governance/{address}", body, content_type="application/json")


def test_what_is_done_is_written_down_and_can_be_taken_back(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as client:
        struggle(client)
        act = eventually(lambda: Act.objects.filter(workspace=taught.acme).first())
    nudge = Nudge.objects.get(contact=taught.vera)
    assert (act.use_case, act.subject, act.level) == ("offer_help", f"nudge:{nudge.pk}", "auto")
    assert Entry.objects.filter(workspace=taught.acme, kind="action", subject=act.subject).exists()

    done = post(taught, f"acts/{act.pk}/take-back", {"why": "the wrong article"})

    assert done.status_code == 200
    nudge.refresh_from_db()
    assert nudge.state == "dismissed"
    assert post(taught, f"acts/{act.pk}/take-back", {}).status_code == 409


def test_a_pulled_switch_keeps_help_back_and_a_person_is_still_reached(
    stack: Stack, taught: Cast
) -> None:
    pull(taught, "workspace")
    with widget(stack, taught.key.key) as client:
        struggle(client)
        decision = eventually(lambda: Decision.objects.filter(contact=taught.vera).first())
        assert (decision.action, decision.rule) == ("continue", "barred_from_offering")
        assert decision.facts["barred"]["offer_help"] == "workspace_stopped"

        client.send(type="say", id="m1", text="How do I export a report?")
        escalation = eventually(lambda: Escalation.objects.filter(contact=taught.vera).first())
        assert escalation.reason == "guardrail"

        client.send(type="say", id="m2", text="I want to talk to a human being, please")
        eventually(lambda: Escalation.objects.filter(contact=taught.vera, reason="asked").first())
    assert not Nudge.objects.filter(contact=taught.vera).exists()
    said = Message.objects.filter(workspace=taught.acme, author="assistant")
    assert not said.exists(), "everything is stopped: the assistant says nothing"


def test_a_member_s_click_shows_what_was_proposed(stack: Stack, taught: Cast) -> None:
    set_level(taught, "offer_help", "approve")
    with widget(stack, taught.key.key) as client:
        struggle(client)
        act = eventually(lambda: Act.objects.filter(workspace=taught.acme).first())
        assert act.outcome == "proposed"
        assert not Nudge.objects.filter(contact=taught.vera).exists()

        pull(taught, "use_case:offer_help")
        refused = post(taught, f"acts/{act.pk}/judge", {"judgement": "as_written"})
        assert refused.status_code == 409 and "stopped" in refused.json()["detail"]
        post_as_bob(taught, "lift", {"what": "use_case:offer_help"})

        done = post(taught, f"acts/{act.pk}/judge", {"judgement": "as_written"})
        assert done.status_code == 200, done.content
        nudge = Nudge.objects.get(contact=taught.vera)
        if nudge.state == "offered":
            assert client.expect("nudge")["nudge"] == str(nudge.pk)
    act.refresh_from_db()
    assert (act.subject, act.interrupts, act.judged_by) == (
        f"nudge:{nudge.pk}",
        True,
        taught.alice,
    )
    assert post(taught, f"acts/{act.pk}/judge", {"judgement": "rejected"}).status_code == 409


def test_an_answer_below_its_level_goes_to_a_member_with_the_draft(
    stack: Stack, taught: Cast
) -> None:
    set_level(taught, "answer_questions", "approve")
    with widget(stack, taught.key.key) as client:
        client.hello(identity=VERA, page="/reports")
        client.send(type="say", id="m1", text="How do I export a report?")
        act = eventually(lambda: Act.objects.filter(workspace=taught.acme).first())
        held = eventually(
            lambda: Act.objects.filter(workspace=taught.acme, use_case="answer_questions").first()
        )
        assert act.agent == "assistant"
        assert Escalation.objects.get(contact=taught.vera).reason == "guardrail"
        own = {"judgement": "changed", "text": "Choose Export above the table."}
        assert post(taught, f"acts/{held.pk}/judge", own).status_code == 200
    answers = Message.objects.filter(workspace=taught.acme, author="assistant").order_by("seq")
    assert answers.last().text == own["text"]  # type: ignore[union-attr]


def post_as_bob(cast: Cast, address: str, body: dict[str, str]) -> None:
    client = Client()
    client.force_login(cast.bob.user)
    done = client.post(f"/console/api/governance/{address}", body, content_type="application/json")
    assert done.status_code == 200

"""A choice of intent is a row before it is a task: one that is lost is made up for, once."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOON, Cast
from vcsm.assistant import sweep
from vcsm.assistant.reply import reply_to_choice
from vcsm.conversations.models import Message
from vcsm.core import queue
from vcsm.dead_letters.keep import Failed, keep
from vcsm.intent.choose import ANSWER, choose
from vcsm.intent.models import CapturedIntent, Choice, Intent
from vcsm.intent.taxonomy import save_intent

pytestmark = pytest.mark.django_db
LATER = NOON + sweep.PATIENCE + timedelta(seconds=1)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The arguments of the tasks sent that answer a choice."""
    told: list[dict[str, Any]] = []

    def send(task: str, **how: Any) -> None:
        if task == ANSWER:
            told.append(how["kwargs"])

    monkeypatch.setattr(queue.app, "send_task", send)
    monkeypatch.setattr(sweep, "queue_lengths", lambda names: {})
    return told


@pytest.fixture
def intent(cast: Cast) -> Intent:
    return save_intent(workspace_id=cast.acme.pk, name="export", examples=["export a report"])


def test_it_works(
    cast: Cast,
    intent: Intent,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    session = cast.session()
    with django_capture_on_commit_callbacks(execute=True):
        choose(workspace_id=cast.acme.pk, session_id=session.pk, intent_id=intent.pk, at=NOON)
    [first] = sent
    sweep.sweep(now=NOON + sweep.PATIENCE)
    assert sent == [first], "it is on its way"

    sweep.sweep(now=LATER)
    assert sent == [first, first], "its worker has died"

    for _ in range(2):
        reply_to_choice(
            session_id=session.pk, intent_id=intent.pk, choice=first["choice"], now=LATER
        )
    assert Choice.objects.get().answered_at == LATER
    assert CapturedIntent.objects.filter(evidence__kind="chosen").count() == 1
    assert Message.objects.filter(author=Message.Author.ASSISTANT).count() == 1
    sweep.sweep(now=LATER + timedelta(hours=1))
    assert len(sent) == 2


def test_what_a_clock_stamped_that_was_set_back_since_is_not_waited_for(
    cast: Cast, intent: Intent, sent: list[dict[str, Any]]
) -> None:
    """Its task is lost, and its moment is a day away: until then nobody would answer."""
    session = cast.session()
    for at in (NOON + timedelta(days=1), NOON + timedelta(seconds=1)):
        choose(workspace_id=cast.acme.pk, session_id=session.pk, intent_id=intent.pk, at=at)
    sweep.sweep(now=NOON)
    [choice] = sent
    assert Choice.objects.get(pk=choice["choice"]).chosen_at == NOON + timedelta(days=1)


def test_what_failed_for_good_or_is_of_yesterday_is_left_alone(
    cast: Cast, intent: Intent, sent: list[dict[str, Any]]
) -> None:
    session = cast.session()
    for at in (NOON, NOON - sweep.HORIZON):
        choose(workspace_id=cast.acme.pk, session_id=session.pk, intent_id=intent.pk, at=at)
    sweep.sweep(now=LATER)
    [todays] = sent
    keep(Failed(task=ANSWER, arguments=todays, error=ValueError()), now=LATER)
    sweep.sweep(now=LATER)
    assert sent == [todays]


@pytest.mark.parametrize("number", [0, 2**31, 2**70])
def test_an_intent_that_is_not_theirs_is_none(
    cast: Cast, intent: Intent, sent: list[dict[str, Any]], number: int
) -> None:
    theirs = cast.session(cast.vera)
    foreign = number or intent.pk
    workspace = cast.acme.pk if number else cast.globex.pk
    choose(workspace_id=workspace, session_id=theirs.pk, intent_id=foreign, at=NOON)
    assert not Choice.objects.exists()


def test_one_without_a_row_is_answered(
    cast: Cast, intent: Intent, sent: list[dict[str, Any]]
) -> None:
    """A web process of the version before has sent it."""
    session = cast.session()
    reply_to_choice(session_id=session.pk, intent_id=intent.pk, choice="", now=NOON)
    assert Message.objects.filter(author=Message.Author.ASSISTANT).count() == 1

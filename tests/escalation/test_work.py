from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.conversations.models import Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.conversations.takeover import speaker
from vcsm.escalation.decide import Facts, decide
from vcsm.escalation.models import Escalation
from vcsm.escalation.open import open_or_update
from vcsm.escalation.work import AlreadyResolved, AlreadyTaken, hand_back, resolve, take_over
from vcsm.events.models import Session

LATER = NOON + timedelta(minutes=5)


def opened(session: Session) -> Escalation:
    return open_or_update(
        session=session,
        decision=decide(Facts(struggle=0.95)),
        signal=None,
        intent=None,
        conversation=conversation_of(session),
        summary="Asked for a person",
        now=NOON,
    )


def test_it_works(cast: Cast) -> None:
    escalation = opened(cast.session())
    assert escalation.owner == cast.alice
    take_over(escalation_id=escalation.pk, member_id=cast.alice.pk, now=LATER)
    verdict = resolve(
        escalation_id=escalation.pk,
        member_id=cast.alice.pk,
        done=True,
        worked=True,
        false_alarm=False,
        note="",
        now=LATER,
    )
    escalation.refresh_from_db()
    assert (escalation.state, verdict.worked) == ("resolved", True)
    assert speaker(escalation.conversation) is None


def test_the_second_to_take_over_is_told_who_was_first(cast: Cast) -> None:
    escalation = opened(cast.session())
    take_over(escalation_id=escalation.pk, member_id=cast.alice.pk, now=NOON)
    with pytest.raises(AlreadyTaken, match="Alice"):
        take_over(escalation_id=escalation.pk, member_id=cast.bob.pk, now=LATER)
    assert speaker(escalation.conversation) == cast.alice


def test_taking_over_twice_changes_nothing(cast: Cast) -> None:
    escalation = opened(cast.session())
    for _ in range(2):
        take_over(escalation_id=escalation.pk, member_id=cast.alice.pk, now=NOON)
    assert escalation.conversation.messages.count() == 1


def test_what_waited_for_an_answer_is_the_members_to_answer(cast: Cast) -> None:
    session = cast.session()
    question = post_message(
        conversation=conversation_of(session),
        author=Message.Author.CONTACT,
        text="Where is my card?",
        now=NOON,
    )
    escalation = opened(session)
    take_over(escalation_id=escalation.pk, member_id=cast.alice.pk, now=LATER)
    question.refresh_from_db()
    assert question.handled_at == LATER


def test_handed_back_it_is_open_and_the_assistant_speaks(cast: Cast) -> None:
    escalation = opened(cast.session())
    take_over(escalation_id=escalation.pk, member_id=cast.alice.pk, now=NOON)
    hand_back(escalation_id=escalation.pk, member_id=cast.alice.pk, now=LATER)
    escalation.refresh_from_db()
    assert escalation.state == "open"
    assert speaker(escalation.conversation) is None


def test_a_resolved_one_stays_resolved(cast: Cast) -> None:
    escalation = opened(cast.session())
    answers = {"done": False, "worked": None, "false_alarm": True, "note": ""}
    ids = {"escalation_id": escalation.pk, "member_id": cast.alice.pk}
    resolve(**ids, **answers, now=NOON)
    with pytest.raises(AlreadyResolved):
        resolve(**ids, **answers, now=LATER)
    with pytest.raises(AlreadyResolved):
        take_over(**ids, now=LATER)


def test_charlie_of_globex_cannot_touch_it(cast: Cast) -> None:
    escalation = opened(cast.session())
    with pytest.raises(Escalation.DoesNotExist):
        take_over(escalation_id=escalation.pk, member_id=cast.charlie.pk, now=NOON)


def test_the_same_cause_is_one_escalation(cast: Cast) -> None:
    session = cast.session()
    assert opened(session).pk == opened(session).pk


def test_after_it_is_resolved_the_same_cause_opens_a_new_one(cast: Cast) -> None:
    session = cast.session()
    first = opened(session)
    resolve(
        escalation_id=first.pk,
        member_id=cast.alice.pk,
        done=True,
        worked=None,
        false_alarm=False,
        note="",
        now=NOON,
    )
    assert opened(session).pk != first.pk

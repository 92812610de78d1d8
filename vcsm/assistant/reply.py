"""A contact wrote or chose: understand, answer from the articles, or bring a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.assistant import words
from vcsm.assistant.guarded import hold_answer, note_call, say_if_allowed
from vcsm.assistant.help import source_of
from vcsm.conversations import broadcast
from vcsm.conversations.models import Conversation, Message
from vcsm.conversations.post import conversation_of, lock_conversation
from vcsm.conversations.takeover import speaker
from vcsm.escalation.brief import summarise
from vcsm.escalation.decide import Decision, TurnFact, decide
from vcsm.escalation.facts import gather_facts
from vcsm.escalation.matter_model import matter_in
from vcsm.escalation.models import Escalation
from vcsm.escalation.open import open_or_update
from vcsm.escalation.record import lock_contact, record_decision
from vcsm.events.models import Session
from vcsm.governance.standing import Standing, read_standing
from vcsm.governance.use_cases import ANSWER_QUESTIONS, TELL_STATE
from vcsm.intent.classify import capture_asked, capture_chosen
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.tone import asks_for_person
from vcsm.knowledge.answer import answer
from vcsm.knowledge.passage import Answer


@transaction.atomic
def reply(*, message_id: int, now: datetime) -> None:
    """Answers one message of a contact, once; a member who speaks answers it instead of us."""
    message = Message.objects.select_related("conversation").get(pk=message_id)
    conversation = message.conversation
    session = _session_of(conversation)
    lock_contact(session.contact_id)
    lock_conversation(conversation)
    # Looked at only now: another run, or a member's take-over, has either committed or waits.
    claimed = Message.objects.filter(
        pk=message_id, author=Message.Author.CONTACT, handled_at=None
    ).update(handled_at=now)
    if not claimed:
        return
    intent = capture_asked(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        session_id=session.id,
        text=message.text,
        at=now,
    )
    found = answer(workspace_id=session.workspace_id, text=message.text)
    _turn(session, conversation, message.text, message.pk, intent, found, now)


@transaction.atomic
def reply_to_choice(*, session_id: UUID, intent_id: int, now: datetime) -> None:
    """The contact said which intent they meant when asked back."""
    session = Session.objects.select_related("contact__account__owner").get(id=session_id)
    meant = Intent.objects.filter(pk=intent_id, workspace_id=session.workspace_id).first()
    if meant is None:
        return
    lock_contact(session.contact_id)
    conversation = conversation_of(session)
    lock_conversation(conversation)
    intent = capture_chosen(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        session_id=session.id,
        intent_id=meant.pk,
        at=now,
    )
    found = answer(workspace_id=session.workspace_id, text=f"{meant.title}. {meant.description}")
    _turn(session, conversation, meant.title, None, intent, found, now)


def _turn(
    session: Session,
    conversation: Conversation,
    text: str,
    message_id: int | None,
    intent: CapturedIntent,
    found: Answer,
    now: datetime,
) -> None:
    standing = read_standing(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        browser_id=session.browser_id,
        now=now,
    )
    facts = gather_facts(
        session=session,
        signals=[],
        nudge=None,
        help_known=found.known,
        intent=intent,
        member_present=speaker(conversation) is not None,
        now=now,
        barred=standing.barred,
        turn=TurnFact(
            message=message_id,
            asks_for_person=asks_for_person(text),
            outcome=intent.outcome,
            answer_known=found.known,
            unanswered_before=_unanswered(session),
            matter=matter_in(text),
        ),
    )
    decision = decide(facts)
    escalation = None
    if decision.action == "escalate":
        escalation = open_or_update(
            session=session,
            decision=decision,
            signal=None,
            intent=intent,
            conversation=conversation,
            summary=summarise(decision=decision, signal=None, said=text, help_title=""),
            now=now,
        )
        note_call(standing, escalation, decision)
    if decision.reason == "guardrail" and found.passage is not None:
        hold_answer(standing, session, conversation, found.passage)
    if decision.reason != "human_present":
        _say(conversation, decision, escalation, intent, found, standing)
    record_decision(
        session=session,
        facts=facts,
        decision=decision,
        now=now,
        intent=intent,
        escalation=escalation,
    )


def _say(
    conversation: Conversation,
    decision: Decision,
    escalation: Escalation | None,
    intent: CapturedIntent,
    found: Answer,
    standing: Standing,
) -> None:
    passage = found.passage if decision.reason == "helped" else None
    if escalation is not None:
        text = words.person_called(escalation, standing.at)
    elif passage is not None:
        text = passage.text
    else:
        text = words.NOT_KNOWN
    say_if_allowed(
        standing,
        conversation,
        use_case=ANSWER_QUESTIONS if passage else TELL_STATE,
        text=text,
        source=source_of(passage) if passage else None,
    )
    if escalation is None:
        broadcast.intent_believed(
            conversation,
            outcome=intent.outcome,
            title=intent.intent.title if intent.intent else "",
            options=[
                {"id": option["intent"], "title": option["title"]}
                for option in (intent.alternatives if intent.outcome == "unsure" else [])
            ],
        )


def _session_of(conversation: Conversation) -> Session:
    """The session in which the contact was last seen in the conversation's browser."""
    return (
        Session.objects.filter(
            browser_id=conversation.browser_id, contact_id=conversation.contact_id
        )
        .select_related("contact__account__owner")
        .latest("seen_at")
    )


def _unanswered(session: Session) -> int:
    """How often already in this session we had to say that we do not know."""
    return session.decisions.filter(rule="unknown_answer").count()

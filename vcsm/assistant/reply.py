"""Replies to what a contact wrote or chose: answers from the articles, or calls a person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vcsm.assistant.guarded import hold_answer, note_call
from vcsm.assistant.turn import Turn, say
from vcsm.conversations.models import Conversation, Message
from vcsm.conversations.post import conversation_of, lock_conversation
from vcsm.conversations.takeover import speaker
from vcsm.escalation.background import read_background
from vcsm.escalation.brief import summarise
from vcsm.escalation.broadcast import message_understood, session_moved
from vcsm.escalation.decide import TurnFact, decide
from vcsm.escalation.facts import gather_facts
from vcsm.escalation.matter_model import matter_in
from vcsm.escalation.open import open_or_update
from vcsm.escalation.record import lock_contact, record_decision
from vcsm.events.models import Session
from vcsm.governance.standing import read_standing
from vcsm.intent.choose import note_answered
from vcsm.intent.classify import capture_asked, capture_chosen, captured_of, was_chosen
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.mood import mood_of
from vcsm.intent.tone import asks_for_person
from vcsm.knowledge.answer import answer
from vcsm.knowledge.answered import note_answer
from vcsm.knowledge.draft import write_draft
from vcsm.knowledge.passage import Answer

TOGETHER = timedelta(minutes=1)
"""Messages within this time of each other are answered in the order they were written."""
MOST_TOGETHER = 5
"""The most earlier messages answered first. Nobody reads more than that in order, and meanwhile
other contacts' messages wait for this worker."""


def reply(*, message_id: int, now: datetime) -> None:
    """Answers one message of a contact, once. If a member speaks there, it leaves that to them.

    Messages written just before it are answered first, in case their own worker is slower: an
    answer below the wrong question misleads.
    """
    message = Message.objects.select_related("conversation").get(pk=message_id)
    if message.handled_at is not None:
        return
    for one in (*_just_before(message, now), message):
        _answer(one, now)


def _just_before(message: Message, now: datetime) -> list[Message]:
    """Finds only fresh ones: a message that cannot be answered must not hold up others for long."""
    waiting = Message.objects.filter(
        conversation=message.conversation,
        author=Message.Author.CONTACT,
        handled_at=None,
        seq__lt=message.seq,
        sent_at__gt=now - TOGETHER,
    )
    latest = waiting.select_related("conversation").order_by("-seq")[:MOST_TOGETHER]
    return list(latest)[::-1]


def _answer(message: Message, now: datetime) -> None:
    session = _session_of(message.conversation)
    if session is None:
        _handle(message, now)
        return
    # Before any lock: a language model may take seconds, and a member must be able to take over.
    found = answer(workspace_id=message.conversation.workspace_id, text=message.text)
    intent = _understand(session, message, found, now)
    draft = write_draft(question=message.text, found=found)
    _reply(message, Turn(message.text, message.pk, intent, found, draft), now)


@transaction.atomic
def _understand(session: Session, message: Message, found: Answer, now: datetime) -> CapturedIntent:
    """Stores and shows members the intent and the passage before anything is decided.

    Deciding takes longer. Done once, however often the message is worked on.
    """
    lock_contact(session.contact_id)
    known = captured_of(contact_id=session.contact_id, message_id=message.pk)
    if known is not None:
        return known
    intent = capture_asked(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        session_id=session.id,
        text=message.text,
        at=now,
        message_id=message.pk,
    )
    passage = note_answer(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        text=message.text,
        answer=found,
        at=now,
    )
    message_understood(session, intent, passage)
    return intent


@transaction.atomic
def _reply(message: Message, turn: Turn, now: datetime) -> None:
    conversation = message.conversation
    session = _session_of(conversation)  # again: they may be identified while a draft is written
    if session is not None:
        lock_contact(session.contact_id)
    attended = _attended(conversation)
    # Checked only now: another run has either committed or is waiting.
    if _handle(message, now) and session is not None:
        _turn(session, conversation, turn, attended=attended, now=now)


def _attended(conversation: Conversation) -> bool:
    """Tells whether a member speaks here.

    If none does, the lock keeps any from starting until we are done. If one does, no lock is
    taken, so that nobody's words wait for our thoughts about earlier ones.
    """
    if speaker(conversation) is not None:
        return True
    lock_conversation(conversation)
    return speaker(conversation) is not None


def _handle(message: Message, now: datetime) -> bool:
    """Marks the message as handled; False if it had been handled before."""
    waiting = Message.objects.filter(pk=message.pk, author=Message.Author.CONTACT, handled_at=None)
    return bool(waiting.update(handled_at=now))


@transaction.atomic
def reply_to_choice(*, session_id: UUID, intent_id: int, choice: str = "", now: datetime) -> None:
    """Answers a contact who, when asked back, chose the intent they meant.

    `choice` is the id of the stored choice, so that running it twice answers once.
    """
    session = Session.objects.select_related("contact__account__owner").get(id=session_id)
    if choice:
        note_answered(choice, at=now)
    meant = Intent.objects.filter(pk=intent_id, workspace_id=session.workspace_id).first()
    if meant is None:
        return
    lock_contact(session.contact_id)
    if was_chosen(session_id=session.id, choice=choice):
        return
    conversation = conversation_of(session)
    attended = _attended(conversation)
    intent = capture_chosen(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        session_id=session.id,
        intent_id=meant.pk,
        choice=choice,
        at=now,
    )
    found = answer(workspace_id=session.workspace_id, text=f"{meant.title}. {meant.description}")
    turn = Turn(meant.title, None, intent, found)
    _turn(session, conversation, turn, attended=attended, now=now)


def _turn(
    session: Session, conversation: Conversation, turn: Turn, *, attended: bool, now: datetime
) -> None:
    intent, found = turn.intent, turn.found
    # Before the standing is read: from then on, a member who pulls a kill switch waits for us.
    said = _turn_fact(session, turn, now)
    standing = read_standing(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        browser_id=session.browser_id,
        now=now,
    )
    facts = gather_facts(
        read_background(session, now=now),
        signals=[],
        nudge=None,
        help_known=found.known,
        intent=intent,
        member_present=attended,
        barred=standing.barred,
        turn=said,
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
            summary=summarise(decision=decision, signal=None, said=turn.text, help_title=""),
            now=now,
            matter=facts.turn.matter if facts.turn else "",
        )
        note_call(standing, escalation, decision)
    if decision.reason == "guardrail" and found.passage is not None:
        hold_answer(standing, session, conversation, found.passage)
    if decision.reason != "human_present":
        say(conversation, decision, escalation, turn, standing)
    record_decision(
        session=session,
        facts=facts,
        decision=decision,
        now=now,
        intent=intent,
        escalation=escalation,
    )
    session_moved(session)


def _turn_fact(session: Session, turn: Turn, now: datetime) -> TurnFact:
    mood = mood_of(session.contact_id, at=now) if turn.message_id is not None else None
    return TurnFact(
        message=turn.message_id,
        asks_for_person=asks_for_person(turn.text),
        outcome=turn.intent.outcome,
        answer_known=turn.found.known,
        unanswered_before=_unanswered(session),
        matter=matter_in(turn.text),
        valence=mood.valence if mood else None,
        tone_shift=mood.shift if mood else None,
    )


def _session_of(conversation: Conversation) -> Session | None:
    """Returns the contact's latest session in the conversation's browser.

    If the browser's sessions have passed to another contact since, its latest one; None if all are
    gone, and with them anybody who would read an answer.
    """
    seen = Session.objects.filter(browser_id=conversation.browser_id).select_related(
        "contact__account__owner"
    )
    own = seen.filter(contact_id=conversation.contact_id).order_by("-seen_at").first()
    return own or seen.order_by("-seen_at").first()


def _unanswered(session: Session) -> int:
    """Counts how often in this session we already had to say that we do not know."""
    return session.decisions.filter(rule="unknown_answer").count()

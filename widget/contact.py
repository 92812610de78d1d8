"""Does in the database what a contact's socket asks; each function is one call in a thread."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from vcsm.accounts.limits import HELLO_WORKSPACE, SAY_BROWSER, SAY_WORKSPACE
from vcsm.accounts.proof import Why
from vcsm.conversations import broadcast
from vcsm.conversations.history import messages_after, messages_before
from vcsm.conversations.marks import mark_read_by_contact
from vcsm.conversations.models import Conversation, Message, Takeover
from vcsm.conversations.nudges import answer_nudge, open_nudges
from vcsm.conversations.post import conversation_of, post_message
from vcsm.core.connections import in_thread
from vcsm.core.queue import enqueue_on_commit
from vcsm.events.incoming import SessionContext
from vcsm.events.ledger import STANDS
from vcsm.events.models import Session
from vcsm.intent.choose import choose
from vcsm.replay.broadcast import replay_frame
from widget import identity, keys
from widget.database import in_database
from widget.hold_back import hold_back
from widget.protocol import AnswerNudge, Hello, Identity, Say

FIRST_LOAD = 2_000
"""Most messages sent to a page that has none; it asks for older ones."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a widget is told after it has said hello."""

    context: SessionContext
    sequence: int
    assistant_silent: bool
    replay: bool
    prove: Why | None
    """Why a token is asked for; None: it is not."""
    missed: list[dict[str, Any]]
    """The frames the page has missed: messages, nudges still open, and a request for a replay."""


@in_thread
def open_door(key: str, origin: str) -> keys.Door | None:
    return keys.open_door(key=key, origin=origin)


@in_thread
def shut_doors(opened: list[keys.Opened]) -> list[keys.Opened]:
    return keys.shut_doors(opened)


@in_database
def greet(door: keys.Door, hello: Hello, user_agent: str) -> Greeting:
    now = datetime.now(UTC)
    hold_back(HELLO_WORKSPACE, door.workspace_id)
    greeted = identity.greet(door=door, hello=hello, user_agent=user_agent, now=now)
    visit, session = greeted.visit, greeted.session
    if visit.sequence:
        # The widget forgets the batches it is told are stored, so they must not be lost.
        with connection.cursor() as cursor:
            cursor.execute(STANDS)
    conversation, silent = _conversation_and_silence(session)
    missed = _thread(conversation, hello.epoch, hello.last_message)
    if visit.nudged:
        missed += [broadcast.nudge_frame(nudge) for nudge in open_nudges(session)]
    if visit.asked:
        missed.append(replay_frame(session.id))
    return Greeting(
        context=SessionContext(
            workspace_id=session.workspace_id,
            session_id=session.id,
            browser_id=session.browser_id,
            contact_id=session.contact_id,
            clock_offset=now.timestamp() - hello.at / 1000,
            friction_settings=door.friction_settings,
        ),
        sequence=visit.sequence,
        assistant_silent=silent,
        replay=visit.replay,
        prove=greeted.prove,
        missed=missed,
    )


@in_database
def other_thread(context: SessionContext) -> list[dict[str, Any]]:
    """Returns the frames of a contact's conversation, for a page that showed another contact's."""
    return _thread(_conversation(context.browser_id, context.contact_id), "", 0)


@in_database
def older(context: SessionContext, before: int) -> list[dict[str, Any]]:
    conversation = _conversation(context.browser_id, context.contact_id)
    if conversation is None:
        return []
    found = messages_before(conversation_id=conversation.pk, seq=before)
    return [broadcast.message_frame(message) for message in found]


def _thread(
    conversation: Conversation | None, epoch: str, last_message: int
) -> list[dict[str, Any]]:
    """Returns the frame of the conversation and those of its messages after `last_message`.

    Loads it anew if that number belongs to another numbering or was never given, as happens after
    an older database has been restored.
    """
    goes_on = (
        conversation is not None
        # A client that names no epoch is believed.
        and epoch in (conversation.numbering, "" if last_message else None)
        and last_message <= conversation.last_seq
    )
    frames = [broadcast.conversation_frame(conversation, fresh=not goes_on)]
    if conversation is None:
        return frames
    # A first load begins near the end; a reconnect misses nothing, however long it was away.
    after = last_message if goes_on else max(0, conversation.last_seq - FIRST_LOAD)
    # Messages posted after `last_seq` was read come live: the socket has joined its group already.
    while after < conversation.last_seq:
        messages = messages_after(conversation_id=conversation.pk, seq=after)
        if not messages:
            break
        frames += [broadcast.message_frame(message) for message in messages]
        after = messages[-1].seq
    return frames


@in_database
def identify(context: SessionContext, told: Identity, origin: str) -> tuple[int, Why | None]:
    """Returns the id of the session's contact from now on, and why a token is asked for, if so."""
    session = Session.objects.select_related("contact").get(id=context.session_id)
    known = identity.identify(session=session, identity=told, origin=origin, now=datetime.now(UTC))
    return known.contact.pk, known.prove


@in_database
def contact_now(context: SessionContext) -> int:
    """Returns the id of the contact to whom the session belongs at this moment."""
    return Session.objects.values_list("contact_id", flat=True).get(id=context.session_id)


@in_database
def say(context: SessionContext, said: Say) -> Message:
    """Stores what the contact wrote and has it answered.

    Raises `Refused` if the browser or the workspace has used up its share.
    """
    hold_back(SAY_BROWSER, context.browser_id, message=said.id)
    hold_back(SAY_WORKSPACE, context.workspace_id, message=said.id)
    with transaction.atomic():
        session = Session.objects.get(id=context.session_id)
        conversation = conversation_of(session)
        message = post_message(
            conversation=conversation,
            author=Message.Author.CONTACT,
            text=said.text,
            now=datetime.now(UTC),
            client_id=said.id,
            files=[UUID(file) for file in said.files],
        )
        if said.text:
            enqueue_on_commit("assistant.reply", message_id=message.pk)
        else:
            # A file alone holds nothing for the assistant to understand; members see it.
            Message.objects.filter(pk=message.pk, handled_at=None).update(
                handled_at=message.sent_at
            )
    return message


@in_database
def read(context: SessionContext, seq: int) -> None:
    conversation = _conversation(context.browser_id, context.contact_id)
    if conversation is not None:
        mark_read_by_contact(conversation, seq)


@in_database
def choose_intent(context: SessionContext, intent_id: int) -> None:
    choose(
        workspace_id=context.workspace_id,
        session_id=context.session_id,
        intent_id=intent_id,
        at=datetime.now(UTC),
    )


@in_database
def note_nudge(context: SessionContext, answer: AnswerNudge) -> None:
    answer_nudge(
        nudge_id=UUID(answer.nudge),
        browser_id=context.browser_id,
        state=answer.state,
        now=datetime.now(UTC),
    )


@in_database
def typing(context: SessionContext, on: bool) -> None:
    conversation = _conversation(context.browser_id, context.contact_id)
    if conversation is not None:
        broadcast.typing_to_members(conversation=conversation, on=on)


def _conversation_and_silence(session: Session) -> tuple[Conversation | None, bool]:
    """Returns the contact's conversation in this browser, and whether a member speaks in it."""
    spoken = Takeover.objects.filter(conversation=OuterRef("pk"), ended_at=None)
    found = (
        Conversation.objects.filter(browser_id=session.browser_id, contact_id=session.contact_id)
        .annotate(silent=Exists(spoken))
        .first()
    )
    return found, bool(found and found.silent)


def _conversation(browser_id: UUID, contact_id: int) -> Conversation | None:
    return Conversation.objects.filter(browser_id=browser_id, contact_id=contact_id).first()

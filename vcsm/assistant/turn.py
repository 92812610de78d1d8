"""What the assistant says when a contact said or chose something: a passage, a call, or neither."""

from dataclasses import dataclass

from vcsm.assistant import words
from vcsm.assistant.guarded import say_if_allowed
from vcsm.assistant.help import source_of
from vcsm.conversations import broadcast
from vcsm.conversations.models import Conversation
from vcsm.escalation.decide import Decision
from vcsm.escalation.models import Escalation
from vcsm.governance.standing import Standing
from vcsm.governance.use_cases import ANSWER_QUESTIONS, TELL_STATE
from vcsm.intent.models import CapturedIntent
from vcsm.knowledge.draft import Draft
from vcsm.knowledge.passage import Answer, Passage


@dataclass(frozen=True)
class Turn:
    """What the contact said or chose, and what is known about it."""

    text: str
    message_id: int | None
    """None for a choice."""
    intent: CapturedIntent
    found: Answer
    draft: Draft | None = None


def say(
    conversation: Conversation,
    decision: Decision,
    escalation: Escalation | None,
    turn: Turn,
    standing: Standing,
) -> None:
    """Says the answer, that a person was called or is awaited, or that no answer is known.

    Without a call it also shows the contact which intent was understood.
    """
    intent = turn.intent
    passage, text = _answer_in_words(turn) if decision.reason == "helped" else (None, "")
    notice = ""
    called = escalation or (_awaited(conversation) if passage is None else None)
    if called is not None:
        text, notice = words.of_call(
            called, conversation, new=escalation is not None, now=standing.at
        )
    elif passage is None:
        text, notice = words.NOT_KNOWN, words.NOT_KNOWN_NOTICE
    say_if_allowed(
        standing,
        conversation,
        use_case=ANSWER_QUESTIONS if passage else TELL_STATE,
        text=text,
        source=source_of(passage) if passage else None,
        notice=notice,
        about=called.owner if called else None,
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


def _awaited(conversation: Conversation) -> Escalation | None:
    """Returns the open call for a person that this contact waits for here; the one due soonest."""
    waiting = Escalation.objects.filter(conversation=conversation, state=Escalation.State.OPEN)
    return waiting.select_related("owner").order_by("due_at").first()


def _answer_in_words(turn: Turn) -> tuple[Passage | None, str]:
    """Returns the passage and what to say about it: a checked draft if there is one, or itself."""
    if turn.draft is not None:
        return turn.draft.source, turn.draft.text
    passage = turn.found.passage
    return passage, passage.text if passage else ""

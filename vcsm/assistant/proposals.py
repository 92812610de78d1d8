"""Carries out what a member approved, and undoes what one took back. Never uses the encoder."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.conversations.models import Conversation, Message, Nudge
from vcsm.conversations.nudges import offer_nudge
from vcsm.conversations.post import lock_conversation, post_message
from vcsm.conversations.takeover import speaker
from vcsm.events.models import Session
from vcsm.governance.acts import NotAllowed, is_fresh, may_carry_out, was_carried_out
from vcsm.governance.models import Act
from vcsm.governance.use_cases import ANSWER_QUESTIONS, OFFER_HELP


class Gone(Exception):
    """What the act was about has passed; the message says how."""


@transaction.atomic
def carry_out(act: Act, *, text: str, now: datetime) -> None:
    """Does what was proposed if the level is "approve", a member approved, and it is still fresh.

    Call it after `judge_act`, in the same transaction. Otherwise it does nothing: the judgement is
    evidence only. The guardrails are asked again, because a switch pulled or a budget spent since
    then binds members' clicks too. Raises `NotAllowed` or `Gone`.
    """
    approved = act.judgement in (Act.Judgement.AS_WRITTEN, Act.Judgement.CHANGED)
    if act.level != "approve" or not approved or not is_fresh(act, now):
        return
    may_carry_out(act, now=now)
    words = text.strip() if act.judgement == Act.Judgement.CHANGED else ""
    if act.use_case == OFFER_HELP:
        subject = _offer(act, words, now)
    elif act.use_case == ANSWER_QUESTIONS:
        subject = _answer(act, words, now)
    else:
        raise NotAllowed("This is not done by a click.")
    was_carried_out(act, subject=subject, now=now)


@transaction.atomic
def undo(act: Act, *, by: Member, now: datetime) -> None:
    """Undoes an act after `take_back`: an unanswered nudge goes, an answer is openly withdrawn."""
    kind, _, id = act.subject.partition(":")
    if kind == "nudge":
        Nudge.objects.filter(
            pk=UUID(id), state__in=(Nudge.State.OFFERED, Nudge.State.SHOWN)
        ).update(state=Nudge.State.DISMISSED, answered_at=now)
    elif kind == "message" and act.use_case == ANSWER_QUESTIONS:
        message = Message.objects.select_related("conversation").filter(pk=int(id)).first()
        if message is not None:
            post_message(
                conversation=message.conversation,
                author=Message.Author.NOTICE,
                member=by,
                text=f"{by.name} has taken this answer back: please do not rely on it.",
                now=now,
            )


def _offer(act: Act, words: str, now: datetime) -> str:
    session = Session.objects.filter(pk=act.session).first() if act.session else None
    if session is None or session.contact_id != act.contact_id:
        raise Gone("The session is over.")
    body = act.body
    nudge = offer_nudge(
        session=session,
        cause=body["cause"],
        page=body["page"],
        element=body["element"],
        title=body["title"],
        text=words or body["text"],
        source=body["source"],
        now=now,
    )
    return f"nudge:{nudge.pk}"


def _answer(act: Act, words: str, now: datetime) -> str:
    conversation = Conversation.objects.filter(
        pk=act.body["conversation"], workspace_id=act.workspace_id
    ).first()
    if conversation is None:
        raise Gone("The conversation is gone.")
    lock_conversation(conversation)
    if speaker(conversation) is not None:
        raise Gone("A member speaks in this conversation already.")
    message = post_message(
        conversation=conversation,
        author=Message.Author.ASSISTANT,
        text=words or act.body["text"],
        source=None if words else act.body["source"],
        now=now,
    )
    return f"message:{message.pk}"

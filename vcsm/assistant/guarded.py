"""Reports the assistant's moves to governance: done, or held back for members to see."""

from collections.abc import Mapping
from uuid import UUID

from vcsm.accounts.models import Member
from vcsm.assistant.help import Help, source_of
from vcsm.conversations import broadcast
from vcsm.conversations.models import Conversation, Message, Nudge
from vcsm.conversations.post import post_message
from vcsm.escalation.decide import Decision
from vcsm.escalation.models import Escalation
from vcsm.escalation.open import cause_of
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.governance.acts import hold_act, record_act
from vcsm.governance.standing import Standing
from vcsm.governance.use_cases import ANSWER_QUESTIONS, CALL_PERSON, OFFER_HELP
from vcsm.knowledge.passage import Passage


def note_nudge(standing: Standing, nudge: Nudge) -> None:
    """Records a nudge as an act, unless it was withheld: that one interrupted nobody."""
    if nudge.state == Nudge.State.OFFERED:
        record_act(
            standing,
            use_case=OFFER_HELP,
            subject=f"nudge:{nudge.pk}",
            session_id=nudge.session_id,
            body={"title": nudge.title, "text": nudge.text},
        )


def note_call(standing: Standing, escalation: Escalation, decision: Decision) -> None:
    """Records the call as an act if it opened the escalation; adding evidence is no act."""
    if escalation.opened_at != standing.at:
        return
    record_act(
        standing,
        use_case=CALL_PERSON,
        subject=f"escalation:{escalation.pk}",
        session_id=escalation.session_id,
        body={"title": escalation.summary},
        # A contact who wrote must reach a person; only a call that nobody asked for needs approval.
        must_reach=decision.rule not in ("struggle_after_help", "severe_struggle"),
    )


def say_if_allowed(
    standing: Standing,
    conversation: Conversation,
    *,
    use_case: str,
    text: str,
    source: dict[str, str] | None,
    notice: str = "",
    about: Member | None = None,
) -> None:
    """Posts the text as the assistant; if a guardrail forbids it, ends the panel's typing sign.

    `notice` names one of our own sentences (`post_message`); `about`: the member it speaks of.
    """
    if not standing.ask(use_case).allowed:
        broadcast.assistant_is_silent(conversation)
        return
    message = post_message(
        conversation=conversation,
        author=Message.Author.ASSISTANT,
        text=text,
        source=source,
        notice=notice,
        member=about,
        now=standing.at,
    )
    record_act(
        standing, use_case=use_case, subject=f"message:{message.pk}", body={"text": text[:500]}
    )


def hold_back(
    standing: Standing, decision: Decision, *, signal: FrictionSignal, help_found: Help | None
) -> None:
    """Holds back help, or the call for a person, that a guardrail forbids."""
    cause = cause_of(signal)
    if decision.rule == "barred_from_calling":
        _hold(standing, CALL_PERSON, signal.session_id, cause, {"title": f"Struggle at {cause}"})
    if decision.action == "continue" and help_found is not None:
        body = {
            "title": help_found.title,
            "text": help_found.text,
            "source": help_found.source,
            "cause": cause,
            "page": signal.page,
            "element": signal.element,
        }
        _hold(standing, OFFER_HELP, signal.session_id, cause, body)


def hold_answer(
    standing: Standing, session: Session, conversation: Conversation, passage: Passage
) -> None:
    """Holds back the answer that would have been given, for the member who answers instead."""
    asked = conversation.messages.filter(author=Message.Author.CONTACT).order_by("-seq").first()
    body = {
        "asked": asked.text if asked else "",
        "title": passage.title,
        "text": passage.text,
        "source": source_of(passage),
        "conversation": str(conversation.pk),
    }
    _hold(standing, ANSWER_QUESTIONS, session.pk, str(conversation.pk), body)


def _hold(
    standing: Standing, use_case: str, session_id: UUID, about: str, body: Mapping[str, object]
) -> None:
    hold_act(
        standing,
        use_case=use_case,
        subject=f"{use_case}:{session_id}:{about}",
        session_id=session_id,
        body=body,
    )

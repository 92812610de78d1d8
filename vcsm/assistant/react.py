"""A session struggled: decide, and offer help or call a human, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.assistant.guarded import hold_back, note_call, note_nudge
from vcsm.assistant.help import Help, find_help
from vcsm.assistant.known_problems import attach, being_worked_on, problem_of
from vcsm.conversations.models import Conversation, Nudge
from vcsm.conversations.nudges import offer_nudge
from vcsm.conversations.post import conversation_of
from vcsm.conversations.takeover import speaker
from vcsm.escalation.brief import summarise
from vcsm.escalation.broadcast import session_moved
from vcsm.escalation.decide import Facts, decide
from vcsm.escalation.facts import gather_facts
from vcsm.escalation.models import Escalation
from vcsm.escalation.open import cause_of, open_or_update
from vcsm.escalation.record import lock_contact, record_decision
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import claim_waiting, signals_of
from vcsm.governance.standing import Standing, read_standing
from vcsm.intent.history import latest_intent
from vcsm.intent.implied import imply
from vcsm.intent.models import CapturedIntent


@transaction.atomic
def react(*, session_id: UUID, now: datetime) -> None:
    """Thinks about every signal of the session that nobody has thought about yet.

    Running it twice does nothing the second time: the signals are claimed in the transaction.
    """
    session = Session.objects.select_related("contact__account__owner").get(id=session_id)
    lock_contact(session.contact_id)
    claimed = claim_waiting(session_id)
    if not claimed:
        return
    imply(session_id=session_id)  # what they are after is part of what is decided on
    # All that is looked up is looked up first: once a standing is read, whoever pulls a kill switch
    # waits for us.
    looked_up = [(signal, *_look_up(session, signal)) for signal in _one_per_cause(claimed)]
    for signal, nudge, intent, help_found in looked_up:
        _react_to(session, signal, nudge, intent, help_found, now)
    session_moved(session)


def _one_per_cause(claimed: Sequence[FrictionSignal]) -> list[FrictionSignal]:
    """Rage and dead clicks on one button are one struggle: the gravest speaks for it."""
    gravest: dict[str, FrictionSignal] = {}
    for signal in sorted(
        claimed, key=lambda signal: (signal.retracted_at is None, signal.severity)
    ):
        gravest[cause_of(signal)] = signal
    return list(gravest.values())


def _look_up(
    session: Session, signal: FrictionSignal
) -> tuple[Nudge | None, CapturedIntent | None, Help | None]:
    nudge = Nudge.objects.filter(session=session, cause=cause_of(signal)).first()
    intent = latest_intent(session_id=session.id)
    return nudge, intent, None if nudge else find_help(signal, intent)


def _react_to(
    session: Session,
    signal: FrictionSignal,
    nudge: Nudge | None,
    intent: CapturedIntent | None,
    help_found: Help | None,
    now: datetime,
) -> None:
    cause = cause_of(signal)
    conversation = Conversation.objects.filter(
        browser_id=session.browser_id, contact_id=session.contact_id
    ).first()
    problem = problem_of(signal)
    standing = read_standing(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        browser_id=session.browser_id,
        now=now,
    )
    facts = gather_facts(
        session=session,
        signals=_holding(session, cause),
        nudge=nudge,
        help_known=bool(nudge.source if nudge else help_found and help_found.source),
        intent=intent,
        member_present=conversation is not None and speaker(conversation) is not None,
        now=now,
        barred=standing.barred,
        known_problem=being_worked_on(problem),
    )
    escalation = _carry_out(session, signal, facts, nudge, help_found, intent, standing)
    if escalation is not None and problem is not None:
        attach(problem, escalation, now=now)


def _holding(session: Session, cause: str) -> list[FrictionSignal]:
    return [signal for signal in signals_of(session.id) if cause_of(signal) == cause]


def _carry_out(
    session: Session,
    signal: FrictionSignal,
    facts: Facts,
    nudge: Nudge | None,
    help_found: Help | None,
    intent: CapturedIntent | None,
    standing: Standing,
) -> Escalation | None:
    decision, now = decide(facts), standing.at
    escalation = None
    if decision.action == "offer" and help_found is not None:
        nudge = offer_nudge(
            session=session,
            cause=cause_of(signal),
            page=signal.page,
            element=signal.element,
            title=help_found.title,
            text=help_found.text,
            source=help_found.source,
            now=now,
        )
        note_nudge(standing, nudge)
    elif decision.action == "escalate":
        escalation = open_or_update(
            session=session,
            decision=decision,
            signal=signal,
            intent=intent,
            conversation=conversation_of(session),
            summary=summarise(
                decision=decision, signal=signal, said="", help_title=nudge.title if nudge else ""
            ),
            now=now,
        )
        note_call(standing, escalation, decision)
    if decision.reason == "guardrail":
        hold_back(standing, decision, signal=signal, help_found=help_found)
    record_decision(
        session=session,
        facts=facts,
        decision=decision,
        now=now,
        signal=signal,
        intent=intent,
        nudge=nudge,
        escalation=escalation,
    )
    return escalation

"""A session struggled: decide, and offer help or call a human, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.assistant.guarded import hold_back, note_call, note_nudge
from vcsm.assistant.help import Help, find_help
from vcsm.assistant.known_problems import attach, being_worked_on, problem_of
from vcsm.conversations.models import Nudge
from vcsm.conversations.nudges import nudges_of, offer_nudge
from vcsm.conversations.post import conversation_of
from vcsm.conversations.takeover import is_attended
from vcsm.escalation.background import Background, read_background
from vcsm.escalation.brief import summarise
from vcsm.escalation.broadcast import session_moved
from vcsm.escalation.decide import Decision, Facts, decide
from vcsm.escalation.facts import gather_facts
from vcsm.escalation.models import Escalation
from vcsm.escalation.open import cause_of, open_or_update
from vcsm.escalation.record import lock_contact, record_decision
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import claim_waiting
from vcsm.governance.standing import Standing, read_standing
from vcsm.intent.history import latest_intent
from vcsm.intent.implied import imply_in
from vcsm.intent.models import CapturedIntent
from vcsm.knowledge.answer import edition_of
from vcsm.problems.models import Problem


@dataclass(frozen=True, slots=True)
class _Struggle:
    """One cause of a session, and what was looked up about it."""

    signal: FrictionSignal
    """The gravest of those nobody has thought about yet: it speaks for the cause."""
    nudge: Nudge | None
    """The help that was offered for it."""
    help_found: Help | None
    """What could be offered, where nothing was."""
    intent: CapturedIntent | None
    problem: Problem | None

    @property
    def cause(self) -> str:
        return cause_of(self.signal)


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
    imply_in(session)  # what they are after is part of what is decided on
    # All that is looked up is looked up first: once a standing is read, whoever pulls a kill switch
    # waits for us.
    struggles = _look_up(session, _one_per_cause(claimed))
    attended = is_attended(browser_id=session.browser_id, contact_id=session.contact_id)
    read: tuple[Standing, Background] | None = None
    for struggle in struggles:
        standing, background = read = read or _read(session, now)
        decision = _react_to(struggle, standing, background, attended=attended)
        if changes_what_is_read(decision):
            read = None
    session_moved(session)


def changes_what_is_read(decision: Decision) -> bool:
    """Whether the next cause of the session is decided on other facts for it: an offer or a call
    is, and so is a case that was displaced, a rival of those after it."""
    return decision.action != "continue" or decision.reason == "displaced"


def _one_per_cause(claimed: Sequence[FrictionSignal]) -> list[FrictionSignal]:
    """Rage and dead clicks on one button are one struggle: the gravest speaks for it."""
    gravest: dict[str, FrictionSignal] = {}
    for signal in sorted(
        claimed, key=lambda signal: (signal.retracted_at is None, signal.severity)
    ):
        gravest[cause_of(signal)] = signal
    return list(gravest.values())


def _look_up(session: Session, signals: Sequence[FrictionSignal]) -> list[_Struggle]:
    nudges = {nudge.cause: nudge for nudge in nudges_of(session.pk)}
    intent = latest_intent(session_id=session.pk)
    edition = edition_of(session.workspace_id)
    account_id = session.contact.account_id
    return [
        _Struggle(
            signal=signal,
            nudge=(nudge := nudges.get(cause_of(signal))),
            help_found=None if nudge else find_help(signal, intent, edition=edition),
            intent=intent,
            problem=problem_of(signal, account_id=account_id),
        )
        for signal in signals
    ]


def _read(session: Session, now: datetime) -> tuple[Standing, Background]:
    standing = read_standing(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        browser_id=session.browser_id,
        now=now,
    )
    return standing, read_background(session, now=now)


def _react_to(
    struggle: _Struggle, standing: Standing, background: Background, *, attended: bool
) -> Decision:
    nudge, found = struggle.nudge, struggle.help_found
    facts = gather_facts(
        background,
        signals=[one for one in background.signals if cause_of(one) == struggle.cause],
        nudge=nudge,
        help_known=bool(nudge.source if nudge else found and found.source),
        intent=struggle.intent,
        member_present=attended,
        barred=standing.barred,
        known_problem=being_worked_on(struggle.problem),
    )
    decision = decide(facts)
    escalation = _carry_out(background.session, struggle, facts, decision, standing)
    if escalation is not None and struggle.problem is not None:
        attach(struggle.problem, escalation, now=background.now)
    return decision


def _carry_out(
    session: Session, struggle: _Struggle, facts: Facts, decision: Decision, standing: Standing
) -> Escalation | None:
    now, signal, help_found = standing.at, struggle.signal, struggle.help_found
    escalation, nudge = None, struggle.nudge
    if decision.action == "offer" and help_found is not None:
        nudge = offer_nudge(
            session=session,
            cause=struggle.cause,
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
            intent=struggle.intent,
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
        intent=struggle.intent,
        nudge=nudge,
        escalation=escalation,
    )
    return escalation

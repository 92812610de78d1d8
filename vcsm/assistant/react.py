"""Reacts to a session that struggled: decides, offers help or calls a human, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.assistant.guarded import hold_back, note_call, note_nudge
from vcsm.assistant.help import Help, find_help
from vcsm.assistant.known_problems import attach, being_worked_on, problems_of
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
from vcsm.escalation.record import Made, lock_contact, record_decisions
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import note_reacted, waiting_signals
from vcsm.governance.standing import Standing, read_standing
from vcsm.intent.history import latest_intent
from vcsm.intent.implied import imply_in
from vcsm.intent.looked_at import IN_PASSING
from vcsm.intent.models import CapturedIntent
from vcsm.knowledge.answer import edition_of
from vcsm.problems.models import Problem


@dataclass(frozen=True, slots=True)
class _Struggle:
    """One cause of a session, and what was looked up about it."""

    signal: FrictionSignal
    """The gravest of the cause's signals not reacted to yet; it speaks for the cause."""
    nudge: Nudge | None
    """Help that was offered for it before."""
    help_found: Help | None
    """Help that could be offered, if none was before."""
    intent: CapturedIntent | None
    problem: Problem | None

    @property
    def cause(self) -> str:
        return cause_of(self.signal)


@transaction.atomic
def react(*, session_id: UUID, now: datetime) -> None:
    """Decides about every signal of the session that nobody has reacted to yet.

    Running it a second time does nothing. Raises ReactedMeanwhile when it ran twice at the same
    time in spite of the lock on the contact: the session has passed to another contact in between.
    """
    session = Session.objects.select_related("contact__account__owner").get(id=session_id)
    lock_contact(session.contact_id)
    waiting = waiting_signals(session_id)
    if not waiting:
        return
    imply_in(session, IN_PASSING)  # the intent is one of the facts that are decided on
    # Look everything up before reading the standing: from then on, a member who pulls a kill switch
    # has to wait for us.
    struggles = _look_up(session, _one_per_cause(waiting))
    attended = is_attended(browser_id=session.browser_id, contact_id=session.contact_id)
    _decide_all(session, struggles, attended=attended, now=now)
    session_moved(session)
    note_reacted(waiting)


def _decide_all(
    session: Session, struggles: Sequence[_Struggle], *, attended: bool, now: datetime
) -> None:
    read: tuple[Standing, Background] | None = None
    unrecorded: list[Made] = []
    for struggle in struggles:
        standing, background = read = read or _read(session, now)
        facts = _facts_of(struggle, standing, background, attended=attended)
        decision = decide(facts)
        if not changes_what_is_read(decision):
            unrecorded.append(_carry_out(session, struggle, facts, decision, standing))
            continue
        record_decisions(session, unrecorded, now=now)
        unrecorded, read = [], None
        made = _carry_out(session, struggle, facts, decision, standing)
        record_decisions(session, [made], now=now)
    record_decisions(session, unrecorded, now=now)


def changes_what_is_read(decision: Decision) -> bool:
    """Tells whether the decision changes the facts for the session's next cause.

    An offer or a call does; so does a displaced case, which becomes a rival of later ones.
    """
    return decision.action != "continue" or decision.reason == "displaced"


def _one_per_cause(waiting: Sequence[FrictionSignal]) -> list[FrictionSignal]:
    """Picks the gravest signal of a cause: rage and dead clicks on one button are one struggle."""
    gravest: dict[str, FrictionSignal] = {}
    for signal in sorted(
        waiting, key=lambda signal: (signal.retracted_at is None, signal.severity)
    ):
        gravest[cause_of(signal)] = signal
    return list(gravest.values())


def _look_up(session: Session, signals: Sequence[FrictionSignal]) -> list[_Struggle]:
    nudges = {nudge.cause: nudge for nudge in nudges_of(session.pk)}
    intent = latest_intent(session_id=session.pk)
    edition = edition_of(session.workspace_id)
    problems = problems_of(signals, account_id=session.contact.account_id)
    return [
        _Struggle(
            signal=signal,
            nudge=(nudge := nudges.get(cause_of(signal))),
            help_found=None if nudge else find_help(signal, intent, edition=edition),
            intent=intent,
            problem=problems.get(signal.pk),
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


def _facts_of(
    struggle: _Struggle, standing: Standing, background: Background, *, attended: bool
) -> Facts:
    nudge, found = struggle.nudge, struggle.help_found
    return gather_facts(
        background,
        signals=[one for one in background.signals if cause_of(one) == struggle.cause],
        nudge=nudge,
        help_known=bool(nudge.source if nudge else found and found.source),
        intent=struggle.intent,
        member_present=attended,
        barred=standing.barred,
        known_problem=being_worked_on(struggle.problem),
    )


def _carry_out(
    session: Session, struggle: _Struggle, facts: Facts, decision: Decision, standing: Standing
) -> Made:
    signal, help_found = struggle.signal, struggle.help_found
    escalation, nudge = None, struggle.nudge
    if decision.action == "offer" and help_found is not None:
        nudge = _offer(session, struggle, help_found, standing)
    elif decision.action == "escalate":
        escalation = _call(session, struggle, decision, standing)
    if decision.reason == "guardrail":
        hold_back(standing, decision, signal=signal, help_found=help_found)
    return Made(facts, decision, signal, struggle.intent, nudge, escalation)


def _offer(session: Session, struggle: _Struggle, found: Help, standing: Standing) -> Nudge:
    nudge = offer_nudge(
        session=session,
        cause=struggle.cause,
        page=struggle.signal.page,
        element=struggle.signal.element,
        title=found.title,
        text=found.text,
        source=found.source,
        now=standing.at,
    )
    note_nudge(standing, nudge)
    return nudge


def _call(
    session: Session, struggle: _Struggle, decision: Decision, standing: Standing
) -> Escalation:
    title = struggle.nudge.title if struggle.nudge else ""
    escalation = open_or_update(
        session=session,
        decision=decision,
        signal=struggle.signal,
        intent=struggle.intent,
        conversation=conversation_of(session),
        summary=summarise(decision=decision, signal=struggle.signal, said="", help_title=title),
        now=standing.at,
    )
    note_call(standing, escalation, decision)
    if struggle.problem is not None:
        attach(struggle.problem, escalation, now=standing.at)
    return escalation

"""Opens an escalation, or updates the one that is open for the same contact and cause."""

from datetime import datetime

from vcsm.conversations.models import Conversation
from vcsm.escalation import broadcast
from vcsm.escalation.assign import URGENT, Assignment, allowed, assign
from vcsm.escalation.coin import toss
from vcsm.escalation.decide import Decision
from vcsm.escalation.merging import end_merge
from vcsm.escalation.models import Escalation
from vcsm.escalation.policy import read_policy
from vcsm.escalation.snooze import wake
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent
from vcsm.replay.ask import ask_for_replay

ASKED = "asked"
"""Cause of an escalation that began with a wish for a person and without friction."""
WORTH = (
    "probability",
    "probability_low",
    "probability_high",
    "still_prior",
    "value",
    "minutes",
    "price_of_minute",
    "in_doubt",
)
"""Numbers of a decision that are kept in `Escalation.worth`."""


def cause_of(signal: FrictionSignal) -> str:
    """Names what a struggle is about: the element and the page, whatever the kind of friction."""
    return f"{signal.element}@{signal.page}"[:200]


def open_or_update(
    *,
    session: Session,
    decision: Decision,
    signal: FrictionSignal | None,
    intent: CapturedIntent | None,
    conversation: Conversation | None,
    summary: str,
    now: datetime,
    matter: str = "",
) -> Escalation:
    """Stores what the decision asks for: a new escalation, or more evidence for an open one.

    The contact must be locked (`lock_contact`), so that two workers cannot both open one. `matter`
    is a key of `matters.PATTERNS`, or "".
    """
    cause = cause_of(signal) if signal else ASKED
    escalation = _already_open(session, cause)
    if escalation is None:
        account = session.contact.account
        escalation = Escalation(
            workspace_id=session.workspace_id,
            account=account,
            contact_id=session.contact_id,
            session=session,
            cause=cause,
            opened_at=now,
            score=decision.score,
            reason=decision.reason,
            summary=summary,
            opened_score=decision.score,
            kind=signal.kind if signal else decision.reason,
            send_from=decision.numbers.get("send_from"),
        )
        _ask(escalation, session, matter, now)
    else:
        _more_evidence(escalation, decision, summary, now)
        if escalation.owner_id is None and decision.reason in URGENT:
            escalation.owner_id = _assigned(escalation, matter, now).owner
    escalation.score = max(escalation.score, decision.score)
    escalation.worth = worth_of(decision) or escalation.worth
    escalation.updated_at = now
    escalation.intent = intent or escalation.intent
    escalation.conversation = conversation or escalation.conversation
    if signal is not None:
        escalation.page = signal.page
        escalation.element, escalation.element_name = signal.element, signal.element_name
    elif not escalation.page:
        escalation.page = session.page
    escalation.save()
    broadcast.escalation_changed(escalation)
    ask_for_replay(session, now)
    return escalation


def _more_evidence(escalation: Escalation, decision: Decision, summary: str, now: datetime) -> None:
    urgent = decision.reason in URGENT
    # A request for a person outranks anything seen later, so reason and summary stay as they are.
    if urgent or escalation.reason not in URGENT:
        escalation.reason, escalation.summary = decision.reason, summary
    if urgent:
        escalation.due_at = min(escalation.due_at, now + allowed(decision.reason))
        # A contact who waits for a person must not wait out of sight.
        end_merge(escalation, by="evidence", now=now)
    if urgent or decision.score > escalation.score:
        wake(escalation, by="evidence", now=now)


def _ask(escalation: Escalation, session: Session, matter: str, now: datetime) -> None:
    """Sets owner and deadline, and tosses whether to ask for a verdict.

    If members judged only what they like to judge, the certificate would be biased.
    """
    to = _assigned(escalation, matter, now)
    escalation.owner_id, escalation.due_at = to.owner, to.due_at
    share = read_policy(session.workspace_id).verdict_share
    escalation.verdict_probability = share
    escalation.verdict_asked = toss(share, seed="verdict", name=str(escalation.pk))


def _assigned(escalation: Escalation, matter: str, now: datetime) -> Assignment:
    plan = escalation.account.plan if escalation.account else ""
    needs = frozenset({escalation.reason, escalation.kind, matter, f"plan:{plan}"})
    return assign(escalation, needs=needs, now=now, not_again=frozenset())


def worth_of(decision: Decision) -> dict[str, float]:
    """Picks the numbers of a decision that concern the worth of a human's minutes."""
    return {name: decision.numbers[name] for name in WORTH if name in decision.numbers}


def _already_open(session: Session, cause: str) -> Escalation | None:
    """Returns the contact's open escalation that this belongs to, if any.

    Besides one of the same cause: a wish for a person joins whatever is open, and a struggle joins
    the wish for a person of its own session, so that one human reads everything at once.
    """
    still_open = list(
        Escalation.objects.filter(contact_id=session.contact_id)
        .exclude(state=Escalation.State.RESOLVED)
        .order_by("-updated_at")
    )
    for escalation in still_open:
        if escalation.cause == cause:
            return escalation
    for escalation in still_open:
        if cause == ASKED or (escalation.cause == ASKED and escalation.session_id == session.id):
            return escalation
    return None

"""An escalation's screen: whom it is about, why now, what was tried, what could not be seen."""

from dataclasses import dataclass
from typing import Any

from vcsm.console.facts import FactLine, account_facts, contact_facts
from vcsm.console.queue import merged_into
from vcsm.conversations.models import Nudge, Takeover
from vcsm.escalation.models import Decision, Escalation, Note, Snooze, Verdict
from vcsm.escalation.track import TrackRecord, track_record
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import baseline_of, struggle_of
from vcsm.friction.struggle import Struggle
from vcsm.intent.models import CapturedIntent

_SIGNALS = 20
_DECISIONS = 20
_NUDGES = 10
_INTENTS = 5
_NOTES = 200


@dataclass(frozen=True, slots=True)
class EscalationDetail:
    """An escalation's facts; its timeline and messages are read separately."""

    escalation: Escalation
    rule: str
    """The rule of the latest decision to escalate."""
    intents: list[CapturedIntent]
    """What the contact lately wanted, newest first, including what no known intent fits."""
    facts: list[FactLine]
    signals: list[FrictionSignal]
    struggle: Struggle
    """The session's struggle when the escalation last changed, with what each signal adds."""
    decisions: list[Decision]
    unseen: list[Any]
    """What could not be seen at the latest decision."""
    nudges: list[Nudge]
    speaker: Takeover | None
    """The take-over that is running, if any."""
    verdict: Verdict | None
    track: TrackRecord
    snooze: Snooze | None
    """The snooze that is running, if any."""
    notes: list[Note]
    """Notes by members for members, oldest first."""
    merged: list[Escalation]
    """The escalations that are merged into this one."""


def read_detail(escalation: Escalation) -> EscalationDetail:
    """Reads everything but the timeline; the number of queries does not grow with the rows."""
    decisions = list(
        Decision.objects.filter(escalation=escalation).order_by("-at", "-pk")[:_DECISIONS]
    )
    latest = decisions[0] if decisions else None
    escalation.merged_into = merged_into([escalation]).get(escalation.pk)  # type: ignore[attr-defined]
    signals = list(
        FrictionSignal.objects.filter(session_id=escalation.session_id).order_by("-last_at")[
            :_SIGNALS
        ]
    )
    nudges = Nudge.objects.filter(session_id=escalation.session_id)
    intents = CapturedIntent.objects.filter(contact_id=escalation.contact_id)
    return EscalationDetail(
        escalation=escalation,
        rule=latest.rule if latest else "",
        intents=list(intents.select_related("intent").order_by("-at")[:_INTENTS]),
        facts=_facts(escalation),
        signals=signals,
        struggle=struggle_of(
            signals, at=escalation.updated_at, baseline=baseline_of(escalation.session)
        ),
        decisions=decisions,
        unseen=list(latest.unseen) if latest else [],
        nudges=list(nudges.order_by("-offered_at")[:_NUDGES]),
        speaker=find_speaker(escalation),
        verdict=Verdict.objects.select_related("member").filter(escalation=escalation).first(),
        track=track_record(escalation),
        snooze=escalation.snoozes.filter(ended_at=None).select_related("member").first(),
        notes=list(escalation.notes.select_related("member").order_by("at", "pk")[:_NOTES]),
        merged=[
            one.escalation
            for one in escalation.merged.filter(ended_at=None).select_related(
                "escalation__contact__account"
            )
        ],
    )


def find_speaker(escalation: Escalation) -> Takeover | None:
    """Returns the take-over running in the escalation's conversation, or None."""
    if escalation.conversation_id is None:
        return None
    return (
        Takeover.objects.select_related("member")
        .filter(conversation_id=escalation.conversation_id, ended_at__isnull=True)
        .first()
    )


def _facts(escalation: Escalation) -> list[FactLine]:
    account = account_facts(escalation.account) if escalation.account else []
    return [*account, *contact_facts(escalation.contact, escalation.session)]

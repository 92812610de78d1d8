"""What an escalation's timeline shows besides the raw events, and in which words."""

from vcsm.console.timeline import Source, TimelineLine, row_key
from vcsm.conversations.models import Message, Nudge, Takeover
from vcsm.escalation.models import Decision, Escalation, Verdict
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent


def timeline_sources(escalation: Escalation) -> list[Source]:
    """Returns the sources: all about the contact, and what was said in the escalation's
    conversation, with its verdict."""
    contact = escalation.contact_id
    spoken = {"conversation_id": escalation.conversation_id}
    signals = FrictionSignal.objects.filter(contact_id=contact)
    intents = CapturedIntent.objects.filter(contact_id=contact).select_related("intent")
    decisions = Decision.objects.filter(contact_id=contact)
    takeovers = Takeover.objects.filter(**spoken).select_related("member")
    messages = Message.objects.filter(**spoken).select_related("member")
    verdicts = Verdict.objects.filter(escalation=escalation).select_related("member")
    return [
        Source(1, signals, "last_at", _signal),
        Source(2, intents, "at", _intent),
        Source(3, decisions, "at", _decision),
        Source(4, Nudge.objects.filter(contact_id=contact), "offered_at", _nudge),
        Source(5, takeovers, "started_at", _taken_over),
        Source(6, messages, "sent_at", _message),
        Source(7, takeovers.filter(ended_at__isnull=False), "ended_at", _handed_back),
        Source(8, verdicts, "at", _verdict),
    ]


def words(name: str) -> str:
    """Returns a name in words: `Rage click` for `rage_click`."""
    return name.replace("_", " ").capitalize()


def _signal(signal: FrictionSignal, rank: int) -> TimelineLine:
    where = signal.element_name or signal.element or signal.page
    retracted = signal.retracted_at is not None
    return TimelineLine(
        at=signal.last_at,
        rank=rank,
        key=row_key(signal),
        kind="signal",
        title=f"{words(signal.kind)} on {where}",
        detail="Taken back: the page did answer." if retracted else "",
        page=signal.page,
        tone="plain" if retracted else "bad",
        facts={
            "signal": signal.kind,
            "place": where,
            "severity": signal.severity,
            "count": signal.count,
            "started_at": signal.started_at.isoformat(),
            "retracted": retracted,
        },
    )


def _intent(captured: CapturedIntent, rank: int) -> TimelineLine:
    meant = captured.intent.title if captured.intent else "No known intent"
    return TimelineLine(
        at=captured.at,
        rank=rank,
        key=row_key(captured),
        kind="intent",
        title=f"“{captured.text}”" if captured.text else meant,
        detail=meant,
        facts={
            "source": captured.source,
            "outcome": captured.outcome,
            "probability": captured.probability,
        },
    )


def _decision(decision: Decision, rank: int) -> TimelineLine:
    tones = {"escalate": "bad", "offer": "warn"}
    return TimelineLine(
        at=decision.at,
        rank=rank,
        key=row_key(decision),
        kind="decision",
        title=f"Decided to {decision.action}: {decision.reason.replace('_', ' ')}",
        detail=decision.rule,
        tone=tones.get(decision.action, "plain"),
        facts={
            "action": decision.action,
            "reason": decision.reason,
            "rule": decision.rule,
            "score": decision.score,
            "unseen": decision.unseen,
        },
    )


def _nudge(nudge: Nudge, rank: int) -> TimelineLine:
    return TimelineLine(
        at=nudge.offered_at,
        rank=rank,
        key=row_key(nudge),
        kind="nudge",
        title=f"Offered help: {nudge.title}",
        detail=nudge.text,
        page=nudge.page,
        tone="good" if nudge.state == Nudge.State.ACCEPTED else "warn",
        facts={
            "state": nudge.state,
            "answered_at": nudge.answered_at.isoformat() if nudge.answered_at else None,
            "source": nudge.source,
        },
    )


def _message(message: Message, rank: int) -> TimelineLine:
    return TimelineLine(
        at=message.sent_at,
        rank=rank,
        key=row_key(message),
        kind="message",
        title=message.text[:500],
        detail=message.member.name if message.member else "",
        tone="person" if message.author == Message.Author.MEMBER else "plain",
        facts={"author": message.author, "seq": message.seq},
    )


def _taken_over(takeover: Takeover, rank: int) -> TimelineLine:
    return TimelineLine(
        at=takeover.started_at,
        rank=rank,
        key=row_key(takeover),
        kind="takeover",
        title=f"{takeover.member.name} took over; the assistant is silent",
        tone="person",
    )


def _handed_back(takeover: Takeover, rank: int) -> TimelineLine:
    assert takeover.ended_at is not None
    return TimelineLine(
        at=takeover.ended_at,
        rank=rank,
        key=row_key(takeover),
        kind="takeover",
        title=f"{takeover.member.name} handed back to the assistant",
        tone="person",
    )


def _verdict(verdict: Verdict, rank: int) -> TimelineLine:
    worked = {True: "it worked", False: "it did not work", None: "not known yet whether it worked"}
    done = "done" if verdict.done else "not done"
    title = "False alarm" if verdict.false_alarm else f"Resolved: {done}, {worked[verdict.worked]}"
    return TimelineLine(
        at=verdict.at,
        rank=rank,
        key=row_key(verdict),
        kind="verdict",
        title=title,
        detail=verdict.note,
        tone="good",
        facts={"by": verdict.member.name},
    )

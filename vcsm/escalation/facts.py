"""Reads the facts that `decide` needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Max

from vcsm.conversations.models import Nudge
from vcsm.escalation.decide import Facts, SignalFact, TurnFact
from vcsm.escalation.history import days_known, judged_lately
from vcsm.escalation.models import Escalation
from vcsm.escalation.sources import blind_sources
from vcsm.escalation.weigh import weigh
from vcsm.events.models import Event, Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import baseline_of, signals_of, struggle_of
from vcsm.intent.models import CapturedIntent

UNSEEN_NUDGE = timedelta(seconds=10)
"""A nudge that no page has shown by then will not be: the contact has had their help, so to say,
and a person is what is left to offer."""

LATE_VERDICTS = timedelta(seconds=3)
"""A dead click is judged this long after it was made: its verdict may come after a member has
resolved the very matter, and must not open it again."""

BETWEEN_NUDGES = timedelta(minutes=1)
"""Two offers within a minute are one interruption too many."""


def gather_facts(  # noqa: PLR0913 - each is a source of its own
    *,
    session: Session,
    signals: Sequence[FrictionSignal],
    nudge: Nudge | None,
    help_known: bool,
    intent: CapturedIntent | None,
    member_present: bool,
    now: datetime,
    turn: TurnFact | None = None,
    barred: Mapping[str, str] | None = None,
    known_problem: str = "",
) -> Facts:
    """`signals`: those of the cause at hand; the struggle is the whole session's.
    `nudge`: the help offered for that cause, if any; `barred`: as `governance` says it.
    What a member has settled no longer counts."""
    settled = _settled_at(session)
    account = session.contact.account
    revenue = account.annual_revenue if account else None
    renews_on = account.renews_on if account else None
    renews_in_days = (renews_on - now.date()).days if renews_on else None
    needed, false = judged_lately(session.contact, now)
    facts = Facts(
        signals=tuple(
            SignalFact(
                id=str(signal.pk),
                kind=signal.kind,
                severity=signal.severity,
                count=signal.count,
                element=signal.element,
                page=signal.page,
            )
            for signal in _since(settled, signals)
        ),
        struggle=struggle_of(
            _since(settled, signals_of(session.id)), at=now, baseline=baseline_of(session)
        ).score,
        turn=turn,
        help_shown=nudge is not None and help_was_shown(nudge, now),
        help_dismissed=nudge is not None and nudge.state == Nudge.State.DISMISSED,
        clicks_after_help=_clicks_after(nudge, settled) if nudge else 0,
        nudged_lately=Nudge.objects.filter(
            session=session, offered_at__gt=now - BETWEEN_NUDGES
        ).exists(),
        help_known=help_known,
        member_present=member_present,
        annual_revenue=float(revenue) if revenue is not None else None,
        renews_in_days=renews_in_days,
        intent_known=intent is not None and intent.outcome == "sure",
        days_known=days_known(session.contact, now),
        lately_needed=needed,
        lately_false=false,
        stale=blind_sources(session, renews_in_days=renews_in_days, now=now),
        barred=dict(barred or {}),
        known_problem=known_problem,
    )
    return weigh(facts, workspace_id=session.workspace_id, now=now)


_SEEN = (Nudge.State.SHOWN, Nudge.State.ACCEPTED, Nudge.State.DISMISSED)


def help_was_shown(nudge: Nudge, now: datetime) -> bool:
    return nudge.state in _SEEN or nudge.offered_at < now - UNSEEN_NUDGE


def _settled_at(session: Session) -> datetime | None:
    """When a member last resolved something for this contact."""
    resolved = Escalation.objects.filter(contact_id=session.contact_id)
    latest: datetime | None = resolved.aggregate(latest=Max("resolved_at"))["latest"]
    return latest


def _since(settled: datetime | None, signals: Sequence[FrictionSignal]) -> list[FrictionSignal]:
    """Signals that tell of something newer than what a member has settled."""
    if settled is None:
        return list(signals)
    return [signal for signal in signals if signal.last_at > settled + LATE_VERDICTS]


def _clicks_after(nudge: Nudge, settled: datetime | None) -> int:
    """Clicks on the element the nudge is about, since it was shown and since all was settled."""
    shown = nudge.answered_at or nudge.offered_at
    return Event.objects.filter(
        session_id=nudge.session_id,
        kind="click",
        element=nudge.element,
        at__gt=max(shown, settled) if settled else shown,
    ).count()

"""Reads the facts that `decide` needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from vcsm.conversations.models import Nudge
from vcsm.escalation.background import Background, since_settled
from vcsm.escalation.decide import Facts, SignalFact, TurnFact
from vcsm.events.models import Event
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent

UNSEEN_NUDGE = timedelta(seconds=10)
"""A nudge that no page has shown after this time never will be. It counts as shown, so that a
person is offered next."""


def gather_facts(  # noqa: PLR0913 - each is a source of its own
    background: Background,
    *,
    signals: Sequence[FrictionSignal],
    nudge: Nudge | None,
    help_known: bool,
    intent: CapturedIntent | None,
    member_present: bool,
    turn: TurnFact | None = None,
    barred: Mapping[str, str] | None = None,
    known_problem: str = "",
) -> Facts:
    """Makes the facts for one cause; signals that a member has settled no longer count.

    `signals` are those of the cause, while the struggle is the whole session's. `nudge` is the help
    offered for the cause, if any; `barred` is what `governance` forbids: use case → guardrail.
    """
    settled, now = background.settled_at, background.now
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
            for signal in since_settled(settled, signals)
        ),
        struggle=background.struggle,
        turn=turn,
        help_shown=nudge is not None and help_was_shown(nudge, now),
        help_dismissed=nudge is not None and nudge.state == Nudge.State.DISMISSED,
        clicks_after_help=_clicks_after(nudge, settled) if nudge else 0,
        nudged_lately=background.nudged_lately,
        help_known=help_known,
        member_present=member_present,
        annual_revenue=background.annual_revenue,
        renews_in_days=background.renews_in_days,
        intent_known=intent is not None and intent.outcome == "sure",
        days_known=background.days_known,
        lately_needed=background.lately_needed,
        lately_false=background.lately_false,
        stale=background.stale,
        barred=dict(barred or {}),
        known_problem=known_problem,
    )
    return background.scales.weigh(facts)


_SEEN = (Nudge.State.SHOWN, Nudge.State.ACCEPTED, Nudge.State.DISMISSED)


def help_was_shown(nudge: Nudge, now: datetime) -> bool:
    """Tells whether a page has shown the nudge, or has had `UNSEEN_NUDGE` to do so."""
    return nudge.state in _SEEN or nudge.offered_at < now - UNSEEN_NUDGE


def _clicks_after(nudge: Nudge, settled: datetime | None) -> int:
    """Clicks on the nudge's element since it was shown and since a member last settled things."""
    shown = nudge.answered_at or nudge.offered_at
    return Event.objects.filter(
        session_id=nudge.session_id,
        kind="click",
        element=nudge.element,
        at__gt=max(shown, settled) if settled else shown,
    ).count()

"""Sessions in which nobody was called, for tests of silence audits."""

from datetime import datetime, timedelta

from tests.cast import NOON, Cast
from vcsm.escalation.decide import Facts, decide
from vcsm.escalation.models import SilenceAudit
from vcsm.escalation.record import record_decision
from vcsm.events.models import Session


def silent_session(cast: Cast, *, at: datetime = NOON, struggle: float = 0.1) -> Session:
    """Makes a session with one decision, in which nobody was called."""
    session = cast.session()
    Session.objects.filter(pk=session.pk).update(seen_at=at)
    facts = Facts(struggle=struggle)
    record_decision(session=session, facts=facts, decision=decide(facts), now=at)
    return Session.objects.get(pk=session.pk)


def silent_audit(cast: Cast) -> SilenceAudit:
    session = silent_session(cast)
    return SilenceAudit.objects.create(
        workspace=cast.acme,
        session=session,
        decision=session.decisions.get(),
        probability=0.02,
        drawn_at=NOON,
        asked_at=NOON + timedelta(minutes=1),
    )

"""Facts about a session, its contact and their account that do not depend on the cause at hand.

They are read once for all decisions made together: they change when something is done, not from
one cause to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from vcsm.escalation.sources import blind_sources
from vcsm.escalation.weigh import Scales, read_scales
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.stored import baseline_of, signals_of, struggle_of

LATELY = timedelta(days=90)
"""How far back verdicts say something about an account."""

LATE_VERDICTS = timedelta(seconds=3)
"""A dead click is judged this long after it was made. Its signal may therefore arrive after a
member has resolved the matter, and must not open it again."""

BETWEEN_NUDGES = timedelta(minutes=1)
"""Two offers within this time would be one interruption too many."""

# Raw SQL: it runs for every struggle, and building it with the ORM would cost more than running it.
# An account counts as known since its first contact was seen.
_KNOWN = """
SELECT
  (SELECT max(resolved_at) FROM escalation_escalation WHERE contact_id = %(contact)s),
  (SELECT min(created_at) FROM accounts_contact WHERE account_id = %(account)s),
  (SELECT count(*) FROM events_batch WHERE session_id = %(session)s AND events = 0),
  EXISTS (SELECT FROM conversations_nudge
    WHERE session_id = %(session)s AND offered_at > %(nudged_after)s),
  count(*) FILTER (WHERE NOT verdict.false_alarm), count(*) FILTER (WHERE verdict.false_alarm)
FROM escalation_verdict verdict
JOIN escalation_escalation judged ON judged.id = verdict.escalation_id
WHERE (judged.contact_id = %(contact)s OR judged.account_id = %(account)s)
  AND verdict.at > %(judged_after)s AND verdict.at <= %(now)s
"""


@dataclass(frozen=True, slots=True)
class Background:
    """What was known at `now`."""

    session: Session
    now: datetime
    settled_at: datetime | None
    """When a member last resolved something for this contact."""
    signals: Sequence[FrictionSignal]
    """The session's signals that were not retracted, latest first."""
    struggle: float
    """The score of the whole session, 0 to 1."""
    nudged_lately: bool
    days_known: int
    """Whole days since the first contact of the account (or this one) was seen."""
    lately_needed: int
    """Escalations of the account (or contact), by recent verdicts, where a human was needed."""
    lately_false: int
    """Those, by recent verdicts, that were false alarms."""
    annual_revenue: float | None
    renews_in_days: int | None
    stale: tuple[str, ...]
    scales: Scales


def read_background(session: Session, *, now: datetime) -> Background:
    """Reads all of it: six statements on a first visit.

    `session` must come with its contact and the contact's account.
    """
    contact = session.contact
    account = contact.account
    asked: dict[str, Any] = {
        "session": session.pk,
        "contact": contact.pk,
        "account": contact.account_id,
        "now": now,
        "judged_after": now - LATELY,
        "nudged_after": now - BETWEEN_NUDGES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, asked)
        settled_at, account_since, refused, nudged_lately, needed, false = cursor.fetchone()
    signals = signals_of(session.pk)
    counting = since_settled(settled_at, signals)
    revenue = account.annual_revenue if account else None
    renews_on = account.renews_on if account else None
    renews_in_days = (renews_on - now.date()).days if renews_on else None
    return Background(
        session=session,
        now=now,
        settled_at=settled_at,
        signals=signals,
        struggle=struggle_of(counting, at=now, baseline=baseline_of(session)).score,
        nudged_lately=nudged_lately,
        days_known=max(0, (now - (account_since or contact.created_at)).days),
        lately_needed=needed,
        lately_false=false,
        annual_revenue=float(revenue) if revenue is not None else None,
        renews_in_days=renews_in_days,
        stale=blind_sources(session, refused=refused, renews_in_days=renews_in_days, now=now),
        scales=read_scales(session.workspace_id, now=now),
    )


def since_settled(
    settled_at: datetime | None, signals: Sequence[FrictionSignal]
) -> list[FrictionSignal]:
    """Keeps signals that were still seen after a member last settled things for the contact."""
    if settled_at is None:
        return list(signals)
    return [signal for signal in signals if signal.last_at > settled_at + LATE_VERDICTS]

"""Silence audits: a member looks at a random few of the sessions in which nobody was called.

`draw_audits` tosses a coin for sessions that have ended, `ask_audits` puts as many to members as
unspent minutes allow, `answer_audit` stores the answer, and `read_recall` estimates what share of
the sessions in need reached a human.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from vcsm.accounts.models import Member, Workspace
from vcsm.audit.append import append_entry
from vcsm.escalation.broadcast import deciding_changed
from vcsm.escalation.coin import toss
from vcsm.escalation.models import Decision, Escalation, SilenceAudit, Verdict
from vcsm.escalation.policy import read_policy
from vcsm.escalation.route import choose
from vcsm.escalation.silence import Recall, Sampled, estimate_recall
from vcsm.escalation.spending import read_spending
from vcsm.escalation.team import AUDIT_MINUTES, read_candidates, read_duties
from vcsm.events.models import Session

ENDED = timedelta(minutes=30)
"""A session has ended once its page has been silent for this long."""
BACK = timedelta(days=2)
"""How far back to look for sessions. Older ones were looked at by earlier runs, unless none ran."""
WINDOW = timedelta(days=28)
"""The period that the estimate of recall covers."""
OPEN_AT_ONCE = 5
"""The most audits that wait for an answer in one workspace at a time."""
CONFIDENCE = 0.9
MOST = 2_000


class AlreadyAnswered(Exception):
    """The audit has an answer already."""


@dataclass(frozen=True, slots=True)
class RecallRead:
    """The estimate of recall, and the counts it rests on."""

    recall: Recall
    sent: Sampled
    silent: Sampled
    since: datetime
    confidence: float


def draw_audits(*, now: datetime) -> int:
    """Draws audits among sessions that have ended; returns how many. Safe to run twice."""
    drawn = 0
    for workspace in Workspace.objects.order_by("pk"):
        share = read_policy(workspace.pk).silence_share
        if share <= 0:
            continue
        sessions = _silent(workspace.pk, now - BACK, now - ENDED).filter(silence_audit=None)
        for session in sessions.order_by("seen_at")[:MOST]:
            if toss(share, seed="silence", name=str(session.pk)):
                _draw(session, share, now)
                drawn += 1
    return drawn


def ask_audits(*, now: datetime) -> int:
    """Asks members for drawn audits, first drawn first, while minutes are left that nobody needs.

    Returns how many were asked.
    """
    asked = 0
    waiting = SilenceAudit.objects.filter(asked_at=None)
    for workspace_id in waiting.values_list("workspace_id", flat=True).distinct():
        asked += _ask_in(workspace_id, now)
    return asked


@transaction.atomic
def answer_audit(*, audit_id: int, member_id: int, needed: bool, now: datetime) -> SilenceAudit:
    """Stores the answer. Raises `AlreadyAnswered`, or `SilenceAudit.DoesNotExist`."""
    member = Member.objects.get(pk=member_id)
    audit = SilenceAudit.objects.select_for_update(of=("self",)).get(
        pk=audit_id, workspace_id=member.workspace_id
    )
    if audit.answered_at is not None:
        raise AlreadyAnswered
    audit.needed, audit.answered_by, audit.answered_at = needed, member, now
    audit.save(update_fields=["needed", "answered_by", "answered_at"])
    append_entry(
        workspace_id=member.workspace_id,
        kind="silence_audit",
        actor=member,
        subject=f"session:{audit.session_id}",
        body={"needed": needed, "probability": audit.probability},
        at=now,
    )
    deciding_changed(member.workspace_id)
    return audit


def read_recall(workspace_id: int, *, now: datetime) -> RecallRead:
    """Estimates the share of sessions in need, over the last four weeks, that reached a human.

    If the share of audits was changed in that time, only sessions after the change count: the
    estimate needs all of them to be equally likely to be drawn.
    """
    since = now - WINDOW
    audits = SilenceAudit.objects.filter(workspace_id=workspace_id)
    share = read_policy(workspace_id).silence_share
    other = audits.filter(drawn_at__gte=since).exclude(probability=share).order_by("-drawn_at")
    if (latest := other.first()) is not None:
        since = latest.drawn_at
    total = _silent(workspace_id, since, now - ENDED).count()
    answered = audits.filter(session__seen_at__gte=since, probability=share, needed__isnull=False)
    judged, missed = answered.count(), answered.filter(needed=True).count()
    sent = _sent(workspace_id, since, now)
    silent = Sampled(max(total, judged), judged, missed)
    return RecallRead(
        recall=estimate_recall(sent=sent, silent=silent, confidence=CONFIDENCE),
        sent=sent,
        silent=silent,
        since=since,
        confidence=CONFIDENCE,
    )


def _silent(workspace_id: int, since: datetime, until: datetime) -> "QuerySet[Session]":
    """Finds sessions for which decisions were made, none of which called a human."""
    decided = Decision.objects.filter(session=OuterRef("pk"))
    return Session.objects.filter(
        Exists(decided),
        ~Exists(decided.filter(escalation__isnull=False)),
        ~Exists(Escalation.objects.filter(session=OuterRef("pk"))),
        workspace_id=workspace_id,
        seen_at__gte=since,
        seen_at__lt=until,
    )


def _sent(workspace_id: int, since: datetime, now: datetime) -> Sampled:
    """Counts escalations opened since then; judged are those with a verdict asked for at random."""
    opened = Escalation.objects.filter(
        workspace_id=workspace_id, opened_at__gte=since, opened_at__lte=now
    )
    judged = Verdict.objects.filter(escalation__in=opened, escalation__verdict_asked=True)
    return Sampled(opened.count(), judged.count(), judged.filter(false_alarm=False).count())


def _draw(session: Session, share: float, now: datetime) -> None:
    last = session.decisions.order_by("-at", "-pk").first()
    if last is not None:
        SilenceAudit.objects.get_or_create(
            session=session,
            defaults={
                "workspace_id": session.workspace_id,
                "decision": last,
                "probability": share,
                "drawn_at": now,
            },
        )


@transaction.atomic
def _ask_in(workspace_id: int, now: datetime) -> int:
    policy = read_policy(workspace_id)
    spending = read_spending(
        workspace_id,
        minutes_a_day=policy.minutes_a_day,
        minutes=policy.stakes.minutes,
        now=now,
    )
    mine = SilenceAudit.objects.filter(workspace_id=workspace_id)
    room = OPEN_AT_ONCE - mine.filter(asked_at__isnull=False, answered_at=None).count()
    if spending is not None:
        room = min(room, int(spending.left // AUDIT_MINUTES))
    if room <= 0:
        return 0
    duties = read_duties(workspace_id)
    people = read_candidates(
        duties, workspace_id=workspace_id, minutes=policy.stakes.minutes, now=now
    )
    if not any(one.on_duty for one in people):
        return 0
    drawn = mine.filter(asked_at=None).select_for_update(of=("self",), skip_locked=True)
    asked = 0
    for audit in drawn.select_related("session__contact__account").order_by("drawn_at", "pk")[
        :room
    ]:
        account = audit.session.contact.account
        audit.asked_of_id = choose(
            people,
            owner=account.owner_id if account else None,
            needs=frozenset(),
            minutes=AUDIT_MINUTES,
            urgent=False,
        )
        audit.asked_at = now
        audit.save(update_fields=["asked_at", "asked_of"])
        asked += 1
    if asked:
        deciding_changed(workspace_id)
    return asked

"""How often escalations of a kind were right, and what one member's verdicts contributed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from vcsm.escalation.models import Escalation, SilenceAudit, Verdict

LATEST = 20
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """ "Right 17 of the last 20": verdicts on escalations of the same reason and kind."""

    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Contributions:
    """What one member contributed in the last three months, for that member's eyes alone."""

    verdicts: int
    asked_for: int
    """Verdicts that were asked for, and so count for the certificate."""
    rejections_with_reason: int
    audits: int


def track_record(escalation: Escalation) -> TrackRecord:
    """Counts the latest `LATEST` verdicts, leaving out this escalation's own."""
    judged = (
        Verdict.objects.filter(
            escalation__workspace_id=escalation.workspace_id,
            escalation__reason=escalation.reason,
            escalation__kind=escalation.kind,
        )
        .exclude(escalation=escalation)
        .order_by("-at", "-pk")
        .values_list("false_alarm", flat=True)[:LATEST]
    )
    latest = list(judged)
    return TrackRecord(right=sum(not false for false in latest), of=len(latest))


def track_records(workspace_id: int) -> dict[tuple[str, str], TrackRecord]:
    """Returns the records of every (reason, kind) at once, for a list of escalations."""
    ranked = Verdict.objects.filter(escalation__workspace_id=workspace_id).annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("escalation__reason"), F("escalation__kind")],
            order_by=[F("at").desc(), F("pk").desc()],
        )
    )
    found: dict[tuple[str, str], list[bool]] = {}
    for reason, kind, false in ranked.filter(place__lte=LATEST).values_list(
        "escalation__reason", "escalation__kind", "false_alarm"
    ):
        found.setdefault((reason, kind), []).append(false)
    return {
        key: TrackRecord(right=sum(not false for false in judged), of=len(judged))
        for key, judged in found.items()
    }


def contributions_of(member_id: int, *, now: datetime) -> Contributions:
    """Counts what one member contributed. Nobody ranks members by it: none can read another's."""
    given = Verdict.objects.filter(member_id=member_id, at__gt=now - LATELY).aggregate(
        all=Count("pk"),
        asked=Count("pk", filter=Q(escalation__verdict_asked=True)),
        reasoned=Count("pk", filter=Q(false_alarm=True) & ~Q(reason="", note="")),
    )
    audits = SilenceAudit.objects.filter(answered_by_id=member_id, answered_at__gt=now - LATELY)
    return Contributions(
        verdicts=given["all"],
        asked_for=given["asked"],
        rejections_with_reason=given["reasoned"],
        audits=audits.count(),
    )

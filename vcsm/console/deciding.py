"""The screen about deciding: the certificate, the quality of the probabilities, members' hours,
spending, and the audits that await an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vcsm.accounts.models import Member
from vcsm.escalation.audits import RecallRead, read_recall
from vcsm.escalation.calibration import read_quality, still_prior
from vcsm.escalation.models import Notice, SilenceAudit
from vcsm.escalation.policy import (
    PolicyFile,
    Refused,
    read_policy,
    read_refused,
    write_policy,
)
from vcsm.escalation.proven import Proven, read_proven
from vcsm.escalation.quality import Quality
from vcsm.escalation.spending import Spending, read_spending
from vcsm.escalation.team import LEADS, is_there, read_candidates, read_duties
from vcsm.escalation.track import Contributions, contributions_of

_AUDITS = 10


@dataclass(frozen=True, slots=True)
class MemberHours:
    """A member and their hours, if they have set any."""

    member: Member
    duty: Any
    """`escalation.models.Duty`, or None."""
    on_duty: bool
    minutes_left: float | None
    """Minutes left today; None where they have no hours."""
    open: int
    """Their unresolved escalations; 0 for a CSM without hours where others have some."""


@dataclass(frozen=True, slots=True)
class Deciding:
    may_change: bool
    proven: Proven
    quality: Quality | None
    """Measured on the random sample of verdicts; None without any."""
    still_prior: float
    """The share of the model that is its written prior, not learnt: 1 before the first verdict."""
    recall: RecallRead
    audits: list[SilenceAudit]
    """Audits asked but not answered, this member's first."""
    hours: list[MemberHours]
    spending: Spending | None
    policy: PolicyFile
    policy_text: str
    """The policy as the text of a file."""
    refused: Refused | None
    """The latest file that was refused, unless a policy was put in force since."""
    notices: list[Notice]
    mine: Contributions


def read_deciding(member: Member, *, now: datetime) -> Deciding:
    """Returns what the screen shows the member about their workspace, at most ten audits."""
    workspace_id = member.workspace_id
    policy = read_policy(workspace_id)
    waiting = SilenceAudit.objects.filter(
        workspace_id=workspace_id, asked_at__isnull=False, answered_at=None
    ).select_related("session__contact__account", "decision", "asked_of")
    audits = sorted(waiting.order_by("asked_at")[:50], key=lambda one: one.asked_of_id != member.pk)
    return Deciding(
        may_change=member.role in LEADS,
        proven=read_proven(workspace_id),
        quality=read_quality(workspace_id),
        still_prior=still_prior(workspace_id),
        recall=read_recall(workspace_id, now=now),
        audits=audits[:_AUDITS],
        hours=_hours(workspace_id, policy, now),
        spending=read_spending(
            workspace_id,
            minutes_a_day=policy.minutes_a_day,
            minutes=policy.stakes.minutes,
            now=now,
        ),
        policy=policy,
        policy_text=write_policy(policy),
        refused=read_refused(workspace_id),
        notices=list(Notice.objects.filter(workspace_id=workspace_id, ended_at=None)),
        mine=contributions_of(member.pk, now=now),
    )


def _hours(workspace_id: int, policy: PolicyFile, now: datetime) -> list[MemberHours]:
    duties = read_duties(workspace_id)
    by_member = {duty.member_id: duty for duty in duties}
    seen = {
        one.member: one
        for one in read_candidates(
            duties, workspace_id=workspace_id, minutes=policy.stakes.minutes, now=now
        )
    }
    there = Member.objects.filter(workspace_id=workspace_id, left_at=None)
    members = there.exclude(role=Member.Role.PRODUCT)
    found = []
    for member in members.order_by("name", "pk"):
        duty, candidate = by_member.get(member.pk), seen.get(member.pk)
        found.append(
            MemberHours(
                member=member,
                duty=duty,
                on_duty=is_there(duty, now) if duty else not duties,
                minutes_left=candidate.minutes_left if candidate and duty else None,
                open=candidate.open if candidate else 0,
            )
        )
    return found

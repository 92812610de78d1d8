"""What a workspace's own verdicts prove, for its members to look at."""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from vcsm.escalation.certificate import Verdicts, bound_everywhere, choose_everywhere
from vcsm.escalation.models import Escalation, Policy, Verdict
from vcsm.escalation.open import ASKED
from vcsm.escalation.standing import Standing, stand

MOST = 1_000
"""Latest verdicts that count."""
OFFERED = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""Shares that the slider offers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A share of false alarms that may be picked after looking at all of them."""

    max_false_share: float
    threshold: float | None
    """None: not proven."""
    escalated_share: float


@dataclass(frozen=True, slots=True)
class Proven:
    """The certificate of the share the workspace named, and the slider beside it."""

    standing: Standing
    max_false_share: float
    confidence: float
    asked: int
    """Escalations whose verdict was asked for; `standing.verdicts` of them have one."""
    choices: tuple[Choice, ...]


def read_proven(workspace_id: int) -> Proven:
    """Struggles only: who asked for a person gets one whatever is proven."""
    policy = Policy.objects.filter(workspace_id=workspace_id).first() or Policy()
    verdicts = _asked_verdicts(workspace_id)
    standing = stand(verdicts, max_false_share=policy.max_false_share, confidence=policy.confidence)
    bounds = [] if standing.drift else bound_everywhere(verdicts, confidence=policy.confidence)
    choices = []
    for share in OFFERED:
        bound = choose_everywhere(bounds, max_false_share=share)
        choices.append(
            Choice(
                max_false_share=share,
                threshold=bound.threshold if bound else None,
                escalated_share=round(bound.sent / len(verdicts), 6) if bound else 0.0,
            )
        )
    asked = _of_struggles(workspace_id).count()
    return Proven(standing, policy.max_false_share, policy.confidence, asked, tuple(choices))


def _of_struggles(workspace_id: int) -> "QuerySet[Escalation]":
    return Escalation.objects.filter(
        workspace_id=workspace_id, verdict_asked=True, opened_score__isnull=False
    ).exclude(cause=ASKED)


def _asked_verdicts(workspace_id: int) -> Verdicts:
    """In the order in which the escalations were opened."""
    latest = (
        Verdict.objects.filter(escalation__in=_of_struggles(workspace_id))
        .order_by("-escalation__opened_at", "-pk")
        .values_list("escalation__opened_score", "false_alarm")[:MOST]
    )
    rows = list(latest)[::-1]
    return Verdicts(
        np.array([score for score, _ in rows], np.float64),
        np.array([false for _, false in rows], np.bool_),
    )

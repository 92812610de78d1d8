"""What a workspace's own verdicts prove, as shown to its members."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Q, QuerySet

from vcsm.escalation.certificate import Verdicts, bound_everywhere, choose_everywhere
from vcsm.escalation.drift import find_drift
from vcsm.escalation.models import Escalation, Policy, Threshold, Verdict
from vcsm.escalation.open import ASKED
from vcsm.escalation.standing import Standing, stand

MOST = 1_000
"""How many verdicts count, the latest first."""
OFFERED = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""Shares that the slider offers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A share of false alarms that may be picked after looking at all of them."""

    max_false_share: float
    threshold: float | None
    """None where not proven."""
    escalated_share: float
    upper_bound: float | None
    missing: int
    """How many more verdicts, none of them a false alarm, until it can be picked."""


@dataclass(frozen=True, slots=True)
class Proven:
    """The certificate for the share that the workspace named, and the choices on the slider."""

    standing: Standing
    max_false_share: float
    confidence: float
    asked: int
    """Escalations whose verdict was asked for; `standing.verdicts` of them have one."""
    choices: tuple[Choice, ...]
    in_force: Threshold | None
    """What a member picked, if anything; `standing` then speaks about its threshold."""


def read_proven(workspace_id: int) -> Proven:
    """Reads verdicts on struggles only: a contact who asks for a person gets one in any case."""
    policy = Policy.objects.filter(workspace_id=workspace_id).first() or Policy()
    in_force = threshold_in_force(workspace_id)
    share = in_force.max_false_share if in_force else policy.max_false_share
    confidence = in_force.confidence if in_force else policy.confidence
    floor = in_force.send_from if in_force else None
    now_judged = asked_verdicts(workspace_id, floor=floor)
    standing = stand(now_judged, max_false_share=share, confidence=confidence)
    # The slider uses verdicts from times in which no threshold held anything back: only they tell
    # something about scores below the one in force.
    verdicts = asked_verdicts(workspace_id, floor=None)
    bounds = [] if standing.drift else bound_everywhere(verdicts, confidence=confidence)
    choices = []
    for offered in OFFERED:
        bound = choose_everywhere(bounds, max_false_share=offered)
        choices.append(
            Choice(
                max_false_share=offered,
                threshold=bound.threshold if bound else None,
                escalated_share=round(bound.sent / len(verdicts), 6) if bound else 0.0,
                upper_bound=round(bound.upper, 6) if bound else None,
                missing=0 if bound else _missing(verdicts, offered, confidence),
            )
        )
    asked = _of_struggles(workspace_id, floor).count()
    return Proven(standing, share, confidence, asked, tuple(choices), in_force)


def has_drifted(workspace_id: int) -> bool:
    """Tells whether the verdicts behind the badge show that things have changed."""
    in_force = threshold_in_force(workspace_id)
    floor = in_force.send_from if in_force else None
    return find_drift(asked_verdicts(workspace_id, floor=floor), threshold=floor, seed=0)


def threshold_in_force(workspace_id: int) -> Threshold | None:
    found = Threshold.objects.filter(workspace_id=workspace_id, ended_at=None)
    return found.select_related("chosen_by").first()


def asked_verdicts(workspace_id: int, *, floor: float | None) -> Verdicts:
    """Verdicts that were asked for, in the order in which the escalations were opened.

    A `floor` keeps those on escalations that scored at least that much and were opened under no
    higher threshold; None keeps those opened under no threshold at all.
    """
    latest = (
        Verdict.objects.filter(escalation__in=_of_struggles(workspace_id, floor))
        .order_by("-escalation__opened_at", "-pk")
        .values_list("escalation__opened_score", "false_alarm")[:MOST]
    )
    rows = list(latest)[::-1]
    return Verdicts(
        np.array([score for score, _ in rows], np.float64),
        np.array([false for _, false in rows], np.bool_),
    )


def _of_struggles(workspace_id: int, floor: float | None) -> "QuerySet[Escalation]":
    found = Escalation.objects.filter(
        workspace_id=workspace_id, verdict_asked=True, opened_score__isnull=False
    ).exclude(cause=ASKED)
    if floor is None:
        return found.filter(send_from=None)
    held = Q(send_from=None) | Q(send_from__lte=floor)
    return found.filter(held, opened_score__gte=floor)


def _missing(verdicts: Verdicts, share: float, confidence: float) -> int:
    """Returns how many more verdicts, at the top and no false alarms, it takes to offer `share`."""

    def offered(more: int) -> bool:
        top = np.full(more, np.max(verdicts.scores, initial=0.0) + 1.0)
        added = Verdicts(
            np.concatenate([verdicts.scores, top]),
            np.concatenate([verdicts.false_alarms, np.zeros(more, bool)]),
        )
        bounds = bound_everywhere(added, confidence=confidence)
        return choose_everywhere(bounds, max_false_share=share) is not None

    high = 1
    while not offered(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if offered(middle) else (middle, high)
    return high

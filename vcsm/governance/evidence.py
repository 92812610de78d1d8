"""What the acts of a use case show, since it came to the level it is on."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from vcsm.governance.earn import Evidence
from vcsm.governance.models import Act, Approval

TIME_TO_TAKE_BACK = timedelta(days=1)
"""An act that stood this long counts as one that nobody took back."""
LOOKED_AT = 500
"""Latest acts in which reversals are looked for."""


def read_evidence(*, workspace_id: int, use_case: str, now: datetime) -> Evidence:
    """Judgements of acts drawn at random, and acts that stood or were taken back."""
    acts = _since_level(workspace_id, use_case)
    settled = Q(outcome=Act.Outcome.DONE) & (
        Q(taken_back_at__isnull=False) | Q(at__lt=now - TIME_TO_TAKE_BACK)
    )
    counted: dict[str, int] = acts.aggregate(
        judged=Count("pk", filter=Q(drawn=True) & ~Q(judgement="")),
        as_written=Count("pk", filter=Q(drawn=True, judgement=Act.Judgement.AS_WRITTEN)),
        done=Count("pk", filter=settled),
        taken_back=Count("pk", filter=Q(taken_back_at__isnull=False)),
    )
    return Evidence(**counted)


def reversals_since(*, workspace_id: int, use_case: str) -> list[bool]:
    """Whether each of the latest acts that were done was taken back, in the order they were done.

    A rejected proposal counts like one taken back: a member said that it must not be done.
    """
    acts = _since_level(workspace_id, use_case).filter(
        Q(outcome=Act.Outcome.DONE) | (Q(drawn=True) & ~Q(judgement=""))
    )
    latest = acts.order_by("-at", "-pk").values_list("taken_back_at", "judgement")[:LOOKED_AT]
    return [back is not None or said == Act.Judgement.REJECTED for back, said in latest][::-1]


def _since_level(workspace_id: int, use_case: str) -> "QuerySet[Act]":
    acts = Act.objects.filter(workspace_id=workspace_id, use_case=use_case)
    latest = (
        Approval.objects.filter(workspace_id=workspace_id, use_case=use_case)
        .order_by("-pk")
        .first()
    )
    return acts.filter(at__gte=latest.at) if latest else acts.none()

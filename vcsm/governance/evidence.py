"""What the acts of a use case have shown since it came to its present level."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from vcsm.governance.earn import Evidence
from vcsm.governance.models import Act, Approval

TIME_TO_TAKE_BACK = timedelta(days=1)
"""An act that stood for this long counts as not taken back."""
LOOKED_AT = 500
"""How many acts, the latest first, are searched for reversals."""


def read_evidence(*, workspace_id: int, use_case: str, now: datetime) -> Evidence:
    """Counts judgements of acts drawn at random, and acts that stood or were taken back."""
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
    """Returns, for each of the latest acts in the order done, whether it was taken back.

    A rejected proposal counts as taken back: a member said that it must not be done.
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

"""The queue: the workspace's escalations in one state, newest or most valuable first."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, member_of
from vcsm.console.api.shapes import EscalationShape
from vcsm.escalation.models import Escalation
from vcsm.escalation.track import track_records

MAX_ROWS = 200
STATES = ("active", "open", "taken", "mine", "snoozed", "resolved")
ORDERS = ("newest", "value")


class QueueAsked(serializers.Serializer[Any]):
    """What the address asks for."""

    state = serializers.ChoiceField(choices=STATES, default="active")
    order = serializers.ChoiceField(choices=ORDERS, default="value")
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=MAX_ROWS, default=list)
    """Only these, in whatever state: what changed while the page was open."""


class QueueShape(serializers.Serializer[Any]):
    rows = EscalationShape(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    more = serializers.BooleanField()


class EscalationsView(APIView):
    """At most 200 rows; `more` says that there are others, `counts` how many in each state."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[
            OpenApiParameter("state", enum=STATES),
            OpenApiParameter("order", enum=ORDERS),
            OpenApiParameter("ids", description="Comma-separated; only these, in any state."),
        ],
        responses=QueueShape,
    )
    def get(self, request: Request) -> Response:
        ids = [id for id in request.query_params.get("ids", "").split(",") if id]
        asked = QueueAsked(data={**request.query_params.dict(), "ids": ids})
        asked.is_valid(raise_exception=True)
        member = member_of(request)
        found = queue_rows(member, **asked.validated_data)
        rows = list(found[: MAX_ROWS + 1])
        records = track_records(member.workspace_id)
        for row in rows:
            row.track = records.get((row.reason, row.kind))  # type: ignore[attr-defined]
        queue = {
            "rows": rows[:MAX_ROWS],
            "counts": count_states(member),
            "more": len(rows) > MAX_ROWS,
        }
        return Response(QueueShape(queue).data)


def queue_rows(
    member: Member, *, state: str, order: str, ids: list[UUID]
) -> "QuerySet[Escalation]":
    """The workspace's escalations with all that a row shows; `value` is score, then revenue."""
    rows = Escalation.objects.filter(workspace_id=member.workspace_id).select_related(
        "contact", "account__owner", "owner", "intent__intent"
    )
    if ids:
        rows = rows.filter(pk__in=ids)
    elif state == "snoozed":
        rows = rows.exclude(snoozed_until=None)
    elif state == "active":
        rows = rows.exclude(state=Escalation.State.RESOLVED).filter(snoozed_until=None)
    elif state == "mine":
        rows = rows.filter(owner=member).exclude(state=Escalation.State.RESOLVED)
        rows = rows.filter(snoozed_until=None)
    else:
        rows = rows.filter(state=state).filter(snoozed_until=None)
    if order == "newest":
        return rows.order_by("-opened_at", "pk")
    return rows.order_by(
        "-score", F("account__annual_revenue").desc(nulls_last=True), "-opened_at", "pk"
    )


def count_states(member: Member) -> dict[str, int]:
    """Escalations per state, and the member's own that are not resolved."""
    rows = Escalation.objects.filter(workspace_id=member.workspace_id)
    seen = rows.filter(snoozed_until=None)
    counts = dict(seen.values_list("state").annotate(count=Count("pk")).order_by())
    resolved = counts.get("resolved", 0)
    return {
        "active": sum(counts.values()) - resolved,
        "open": counts.get("open", 0),
        "taken": counts.get("taken", 0),
        "resolved": resolved,
        "mine": seen.filter(owner=member).exclude(state=Escalation.State.RESOLVED).count(),
        "snoozed": rows.exclude(snoozed_until=None).count(),
    }

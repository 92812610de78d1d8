"""The queue: the workspace's escalations, filtered by the address's parameters, in pieces."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, member_of
from vcsm.console.api.shapes import EscalationShape
from vcsm.console.queue import (
    AGES,
    ORDERS,
    STATES,
    QueueAsked,
    count_states,
    merged_into,
    read_rows,
)
from vcsm.escalation.models import Escalation
from vcsm.escalation.track import track_records
from vcsm.events.models import Session

MAX_ROWS = 200
PIECE = 60
"""How many rows one answer holds by default: more than any screen shows at once."""


class QueueGiven(serializers.Serializer[Any]):
    """The filters and the order in the address; an unknown word is refused."""

    state = serializers.ChoiceField(choices=STATES, default="active")
    order = serializers.ChoiceField(choices=ORDERS, default="value")
    reasons = serializers.ListField(child=serializers.SlugField(), max_length=20, default=list)
    owner = serializers.RegexField(r"^(me|none|\d{1,18})$", default="", allow_blank=True)
    account = serializers.IntegerField(default=None, allow_null=True, min_value=0)
    find = serializers.CharField(default="", allow_blank=True, max_length=200)
    older = serializers.ChoiceField(choices=tuple(AGES), default="", allow_blank=True)
    newer = serializers.ChoiceField(choices=tuple(AGES), default="", allow_blank=True)
    value = serializers.FloatField(default=None, allow_null=True, min_value=0, max_value=1e12)
    always = serializers.BooleanField(default=False)
    after = serializers.UUIDField(default=None, allow_null=True)
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=MAX_ROWS, default=list)
    limit = serializers.IntegerField(default=PIECE, min_value=1, max_value=MAX_ROWS)


class QueueShape(serializers.Serializer[Any]):
    rows = EscalationShape(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    more = serializers.BooleanField()
    seen = serializers.BooleanField()


class EscalationsView(APIView):
    """Lists a piece of the queue. `more` says whether others follow, `counts` how many escalations
    each state has, and `seen` whether any session of the product was ever recorded."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[
            OpenApiParameter("state", enum=STATES),
            OpenApiParameter("order", enum=ORDERS),
            OpenApiParameter("reason", description="Comma-separated."),
            OpenApiParameter("owner", description="A member's id, `me` or `none`."),
            OpenApiParameter("account", type=int),
            OpenApiParameter("find", description="In names and the summary; every word."),
            OpenApiParameter("older", enum=tuple(AGES)),
            OpenApiParameter("newer", enum=tuple(AGES)),
            OpenApiParameter("value", type=float, description="Least expected value."),
            OpenApiParameter("always", type=bool, description="Only what must reach a human."),
            OpenApiParameter("after", description="The last row of the piece before."),
            OpenApiParameter("limit", type=int, description=f"{PIECE} by default."),
            OpenApiParameter("ids", description="Comma-separated; only these, in any state."),
        ],
        responses=QueueShape,
    )
    def get(self, request: Request) -> Response:
        given = QueueGiven(data=_lists(request))
        given.is_valid(raise_exception=True)
        wanted = dict(given.validated_data)
        member, now = member_of(request), timezone.now()
        limit = MAX_ROWS if wanted["ids"] else wanted["limit"]
        del wanted["limit"]
        asked = QueueAsked(
            **{**wanted, "ids": tuple(wanted["ids"]), "reasons": tuple(wanted["reasons"])}
        )
        rows, more = read_rows(member, asked, now=now, limit=limit)
        _complete(rows, member)
        seen = bool(rows) or Session.objects.filter(workspace_id=member.workspace_id).exists()
        queue = {"rows": rows, "counts": count_states(member), "more": more, "seen": seen}
        return Response(QueueShape(queue).data)


def _lists(request: Request) -> dict[str, Any]:
    asked = request.query_params.dict()
    named = {"ids": asked.pop("ids", ""), "reasons": asked.pop("reason", "")}
    return {
        **asked,
        **{name: [one for one in text.split(",") if one] for name, text in named.items()},
    }


def _complete(rows: list[Escalation], member: Member) -> None:
    """Adds to the rows what they show beside their columns, in one query each for all rows."""
    records = track_records(member.workspace_id)
    into = merged_into(rows)
    for row in rows:
        row.track = records.get((row.reason, row.kind))  # type: ignore[attr-defined]
        row.merged_into = into.get(row.pk)  # type: ignore[attr-defined]

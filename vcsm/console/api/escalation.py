"""One escalation: its facts in one call, and its timeline in pieces."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.audit.look import note_look
from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.console.api.shapes import DetailShape, TimelineShape
from vcsm.console.detail import read_detail
from vcsm.console.timeline import MAX_LINES, NEWEST, BadCursor, parse_cursor, read_timeline
from vcsm.console.timeline_sources import timeline_sources


class EscalationView(APIView):
    """Shows whom it is about, why now, what was tried, what could not be seen, and the verdict."""

    permission_classes = (IsMember,)

    @extend_schema(responses=DetailShape)
    def get(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        note_look(
            member=member_of(request),
            subject=f"escalation:{escalation.pk}",
            part="detail",
            now=timezone.now(),
        )
        return Response(DetailShape(read_detail(escalation)).data)


class TimelineAsked(serializers.Serializer[Any]):
    before = serializers.CharField(default="", allow_blank=True)
    limit = serializers.IntegerField(default=100, min_value=1, max_value=MAX_LINES)


class TimelineView(APIView):
    """Lists the timeline, newest first; `older` is the `before` to ask for the next piece with."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[OpenApiParameter("before"), OpenApiParameter("limit", type=int)],
        responses=TimelineShape,
    )
    def get(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        asked = TimelineAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        before = asked.validated_data["before"]
        try:
            timeline = read_timeline(
                escalation,
                timeline_sources(escalation),
                before=parse_cursor(before) if before else NEWEST,
                limit=asked.validated_data["limit"],
            )
        except BadCursor as error:
            raise serializers.ValidationError({"before": "Not a cursor of this list."}) from error
        return Response(TimelineShape(timeline).data)

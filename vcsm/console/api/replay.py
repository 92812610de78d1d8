"""An escalation's session replay: what is stored, the chunks one by one, and the player's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.audit.look import note_look
from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.friction.models import FrictionSignal
from vcsm.replay.read import next_chunk, read_span
from vcsm.replay.switch import is_on

# The player builds the recorded page in a frame without scripts, which inherits this policy: style
# sheets are inline there, and nothing may be fetched, followed, sent or run.
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src data:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)
_MARKS = 20


class MarkShape(serializers.Serializer[Any]):
    """A friction signal to whose beginning the player can jump."""

    kind = serializers.CharField()
    at = serializers.DateTimeField(source="started_at")
    element_name = serializers.CharField()
    page = serializers.CharField()


class SpanShape(serializers.Serializer[Any]):
    chunks = serializers.IntegerField()
    events = serializers.IntegerField()
    bytes = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()


class ReplayShape(serializers.Serializer[Any]):
    """What can be replayed. `recording` says whether the workspace records; `span` is null while
    nothing is stored."""

    recording = serializers.BooleanField()
    span = SpanShape(allow_null=True)
    marks = MarkShape(many=True)
    opened_at = serializers.DateTimeField()


@method_decorator(never_cache, name="dispatch")
class ReplayView(APIView):
    """Shows what is stored of the escalation's session, and the moments worth jumping to."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ReplayShape)
    def get(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        signals = FrictionSignal.objects.filter(
            session_id=escalation.session_id, retracted_at__isnull=True
        )
        found = {
            "recording": is_on(member_of(request).workspace_id),
            "span": read_span(escalation.session_id),
            "marks": list(signals.order_by("-last_at")[:_MARKS]),
            "opened_at": escalation.opened_at,
        }
        return Response(ReplayShape(found).data)


class ChunkAsked(serializers.Serializer[Any]):
    after = serializers.IntegerField(default=0, min_value=0, max_value=2_000_000_000)


@method_decorator(never_cache, name="dispatch")
class ReplayChunkView(APIView):
    """Sends the first chunk numbered above `after`: rrweb events, always gzip; 204 at the end.

    `X-Replay-Sequence` is the next `after`; `X-Replay-Offset` is how many milliseconds to add to
    the events' times to get the server's.
    """

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[OpenApiParameter("after", type=int)],
        responses={(200, "application/json"): OpenApiResponse(response=list[dict[str, Any]])},
    )
    def get(self, request: Request, escalation_id: UUID) -> HttpResponse:
        escalation = escalation_of(request, escalation_id)
        asked = ChunkAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        chunk = next_chunk(session_id=escalation.session_id, after=asked.validated_data["after"])
        if chunk is None:
            return HttpResponse(status=status.HTTP_204_NO_CONTENT)
        note_look(
            member=member_of(request),
            subject=f"escalation:{escalation.pk}",
            part="replay",
            now=timezone.now(),
        )
        return HttpResponse(
            bytes(chunk.body),
            content_type="application/json",
            headers={
                "Content-Encoding": "gzip",
                "X-Content-Type-Options": "nosniff",
                "X-Replay-Sequence": str(chunk.sequence),
                "X-Replay-Offset": str(chunk.offset_ms),
            },
        )


@method_decorator([never_cache, xframe_options_sameorigin], name="dispatch")
class ReplayPageView(APIView):
    """Shows the player in a frame of the console: the one page that may have inline styles."""

    permission_classes = (IsMember,)

    @extend_schema(exclude=True)
    def get(self, request: Request, escalation_id: UUID) -> HttpResponse:
        escalation = escalation_of(request, escalation_id)
        page = render(request._request, "console/replay.html", {"escalation": escalation})
        page.headers["Content-Security-Policy"] = _POLICY
        page.headers["Referrer-Policy"] = "no-referrer"
        page.headers["X-DNS-Prefetch-Control"] = "off"
        return page

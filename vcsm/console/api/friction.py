"""The product team's friction report as JSON and as CSV."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.reports.friction import friction_report
from vcsm.reports.friction_csv import stream_friction_csv

PERIODS = {"24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}


class PeriodAsked(serializers.Serializer[Any]):
    period = serializers.ChoiceField(choices=tuple(PERIODS), default="7d")


class LineShape(serializers.Serializer[Any]):
    kind = serializers.CharField()
    page = serializers.CharField(allow_blank=True)
    element = serializers.CharField(allow_blank=True)
    element_name = serializers.CharField(allow_blank=True)
    signals = serializers.IntegerField()
    sessions = serializers.IntegerField()
    contacts = serializers.IntegerField()
    accounts = serializers.IntegerField()
    severity = serializers.FloatField()
    share = serializers.FloatField()
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    trend = serializers.ListField(child=serializers.IntegerField())


class TotalsShape(serializers.Serializer[Any]):
    signals = serializers.IntegerField()
    sessions = serializers.IntegerField()
    contacts = serializers.IntegerField()
    accounts = serializers.IntegerField()
    sessions_seen = serializers.IntegerField()
    lines = serializers.IntegerField()


class KindShape(serializers.Serializer[Any]):
    kind = serializers.CharField()
    trend = serializers.ListField(child=serializers.IntegerField())


class ReportShape(serializers.Serializer[Any]):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    made_at = serializers.DateTimeField()
    buckets = serializers.ListField(child=serializers.DateTimeField())
    bucket_seconds = serializers.IntegerField()
    totals = TotalsShape()
    kinds = KindShape(many=True)
    lines = LineShape(many=True)


_PERIOD = OpenApiParameter("period", enum=tuple(PERIODS))


class FrictionView(APIView):
    """At most 500 lines, most contacts hit first; `totals.lines` says how many there are."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=[_PERIOD], responses=ReportShape)
    def get(self, request: Request) -> Response:
        now = timezone.now()
        since, until = _asked_period(request, now)
        workspace_id = member_of(request).workspace_id
        report = friction_report(workspace_id=workspace_id, since=since, until=until, now=now)
        return Response(ReportShape(report).data)


class FrictionCsvView(APIView):
    """Every line as CSV, streamed."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=[_PERIOD], responses={(200, "text/csv"): str})
    def get(self, request: Request) -> StreamingHttpResponse:
        since, until = _asked_period(request, timezone.now())
        pieces = stream_friction_csv(
            workspace_id=member_of(request).workspace_id, since=since, until=until
        )
        name = f"friction-{since:%Y%m%d}-{until:%Y%m%d}.csv"
        return StreamingHttpResponse(
            _in_thread(pieces) if _serves_async(request._request) else pieces,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _asked_period(request: Request, now: datetime) -> tuple[datetime, datetime]:
    asked = PeriodAsked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    period = PERIODS[asked.validated_data["period"]]
    # Up to the full bucket's end, so that a trend's last bar is the hour that runs now.
    until = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return until - period, until


def _serves_async(request: HttpRequest) -> bool:
    return hasattr(request, "scope")


async def _in_thread(pieces: Iterator[str]) -> AsyncIterator[str]:
    """Under ASGI Django would read a plain iterator to its end before it sends the first byte."""
    read_next = sync_to_async(lambda: next(pieces, None))
    while (piece := await read_next()) is not None:
        yield piece

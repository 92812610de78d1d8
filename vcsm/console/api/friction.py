"""The product team's friction report as JSON, CSV and PDF, and its other views."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member, WidgetKey
from vcsm.audit.look import note_look
from vcsm.console.access import IsMember, member_of
from vcsm.console.api.friction_shapes import (
    DigestShape,
    PassShape,
    PlacesShape,
    ReportShape,
    SessionShape,
)
from vcsm.problems.models import WatchState
from vcsm.reports.asked import Asked
from vcsm.reports.by_intent import rows_by_intent
from vcsm.reports.friction import friction_report
from vcsm.reports.friction_csv import stream_friction_csv
from vcsm.reports.held import hold
from vcsm.reports.overlay import GOOD_FOR, make_pass
from vcsm.reports.sections import (
    around_release,
    new_names,
    page_map,
    rows_of,
    sessions_behind,
    unmet_of,
)
from vcsm.reports.subscribe import is_subscribed, subscribe
from vcsm.reports.views_csv import write_view

PERIODS = {"24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}


class ReportAsked(serializers.Serializer[Any]):
    period = serializers.ChoiceField(choices=tuple(PERIODS), default="7d")
    segment = serializers.CharField(max_length=60, allow_blank=True, default=None)
    release = serializers.CharField(max_length=60, allow_blank=True, default=None)


class SessionsAsked(serializers.Serializer[Any]):
    place = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0)


_ASKED = [
    OpenApiParameter("period", enum=tuple(PERIODS)),
    OpenApiParameter("segment"),
    OpenApiParameter("release"),
]


class FrictionView(APIView):
    """Shows at most 500 lines, most contacts hit first; `totals.lines` counts them all."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=_ASKED, responses=ReportShape)
    def get(self, request: Request) -> Response:
        now = timezone.now()
        report = friction_report(_asked(request, now), now=now)
        return Response(ReportShape(report).data)


class FrictionPlacesView(APIView):
    """Shows friction by page, flow, search and intent, unmet intents, the change around a release,
    pages that have gone silent, and what got a new name."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=_ASKED, responses=PlacesShape)
    def get(self, request: Request) -> Response:
        asked = _asked(request, timezone.now())
        watch = WatchState.objects.filter(pk=asked.workspace_id).first()
        held = hold(asked)
        shown = {
            "pages": [asdict(one) for one in page_map(held)],
            "flows": [asdict(one) for one in rows_of(held, kind="stalled_step")],
            "searches": [asdict(one) for one in rows_of(held, kind="no_results")],
            "intents": [asdict(one) for one in rows_by_intent(asked)],
            "unmet": [asdict(one) for one in unmet_of(asked)],
            "changes": [asdict(one) for one in around_release(asked, name=asked.release)]
            if asked.release
            else [],
            "blind": watch.blind if watch else [],
            "names": [asdict(one) for one in new_names(asked)],
        }
        return Response(PlacesShape(shown).data)


class FrictionSessionsView(APIView):
    """Lists the sessions behind one line, those that show it best first."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[*_ASKED, OpenApiParameter("place", int)], responses=SessionShape(many=True)
    )
    def get(self, request: Request) -> Response:
        now = timezone.now()
        which = SessionsAsked(data=request.query_params)
        which.is_valid(raise_exception=True)
        lines = sessions_behind(_asked(request, now), place=which.validated_data["place"])
        for contact in sorted({line.contact for line in lines}):
            note_look(
                member=member_of(request), subject=f"contact:{contact}", part="sessions", now=now
            )
        return Response(SessionShape([asdict(line) for line in lines], many=True).data)


class FrictionCsvView(APIView):
    """Streams every line as CSV."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=_ASKED, responses={(200, "text/csv"): str})
    def get(self, request: Request) -> StreamingHttpResponse:
        asked = _asked(request, timezone.now())
        pieces = stream_friction_csv(asked, currency=_currency(request))
        name = f"friction-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.csv"
        return StreamingHttpResponse(
            _in_thread(pieces) if _serves_async(request._request) else pieces,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class FrictionViewCsvView(APIView):
    """Sends one chart or list of the report as CSV: trend, pages, flows, searches, intents, unmet,
    changes (around `release`) or names."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=_ASKED, responses={(200, "text/csv"): str})
    def get(self, request: Request, view: str) -> HttpResponse:
        now = timezone.now()
        asked = _asked(request, now)
        text = write_view(view, asked, currency=_currency(request), now=now)
        if text is None:
            raise NotFound(f"There is no table called {view}.")
        name = f"friction-{view}-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.csv"
        return HttpResponse(
            text,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class FrictionDigestView(APIView):
    """Shows whether the member gets the weekly digest; POST subscribes or unsubscribes them."""

    permission_classes = (IsMember,)

    @extend_schema(responses=DigestShape)
    def get(self, request: Request) -> Response:
        return Response(_digest(member_of(request)))

    @extend_schema(request=DigestShape, responses=DigestShape)
    def post(self, request: Request) -> Response:
        asked = DigestShape(data=request.data)
        asked.is_valid(raise_exception=True)
        member, wanted = member_of(request), asked.validated_data["subscribed"]
        if wanted and not member.user.email:
            raise ValidationError("Your account has no e-mail address to send the digest to.")
        subscribe(member, wanted=wanted, now=timezone.now())
        return Response(_digest(member))


def _digest(member: Member) -> dict[str, object]:
    return {
        "subscribed": is_subscribed(member),
        "to": member.user.email,
        "sent": bool(settings.SMTP_URL),
    }


class FrictionInspectView(APIView):
    """Makes a pass with which the member sees friction on the product's own pages."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=PassShape)
    def post(self, request: Request) -> Response:
        member, now = member_of(request), timezone.now()
        note_look(member=member, subject="friction", part="overlay", now=now)
        keys = WidgetKey.objects.filter(workspace_id=member.workspace_id, revoked_at=None)
        # An origin with any port is for development; no link can be made from it.
        origins = {one for key in keys for one in key.origins if not one.endswith(":*")}
        shown = {
            "token": make_pass(member, now=now),
            "minutes": int(GOOD_FOR.total_seconds() // 60),
            "origins": sorted(origins),
        }
        return Response(PassShape(shown).data)


class FrictionPdfView(APIView):
    """Sends the report as PDF."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=_ASKED, responses={(200, "application/pdf"): bytes})
    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        asked = _asked(request, now)
        held = hold(asked)
        narrowed = [part for part in (asked.segment, asked.release) if part]
        title = ", ".join([member_of(request).workspace.name, *narrowed])
        from vcsm.reports.pdf import write_pdf  # slow to load, and seldom asked for

        data = write_pdf(
            friction_report(asked, now=now, held=held),
            page_map(held),
            title=title,
            currency=_currency(request),
        )
        name = f"friction-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.pdf"
        return HttpResponse(
            data,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _currency(request: Request) -> str:
    currency: str = member_of(request).workspace.currency
    return currency


def _asked(request: Request, now: datetime) -> Asked:
    asked = ReportAsked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    period = PERIODS[asked.validated_data["period"]]
    # The period ends with the running hour, so that a trend's last bar is the present hour.
    until = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return Asked(
        member_of(request).workspace_id,
        until - period,
        until,
        segment=asked.validated_data["segment"],
        release=asked.validated_data["release"],
    )


def _serves_async(request: HttpRequest) -> bool:
    return hasattr(request, "scope")


async def _in_thread(pieces: Iterator[str]) -> AsyncIterator[str]:
    """Reads the pieces one by one in a thread. Given a plain iterator under ASGI, Django would read
    it to its end before it sends the first byte."""
    read_next = sync_to_async(lambda: next(pieces, None))
    while (piece := await read_next()) is not None:
        yield piece

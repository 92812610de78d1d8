"""The detectors' thresholds and switches: shown, changed, and tried on past sessions."""

import sys
from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, member_of
from vcsm.console.permits import may_lead, refuse_unless_lead
from vcsm.friction.session import DETECTORS
from vcsm.friction.thresholds import THRESHOLDS
from vcsm.friction.tune import tune_friction
from vcsm.reports.friction_backtest import backtest

SESSIONS = 1_000
"""How many of the latest sessions a preview reads, to take some seconds at most; `manage.py
backtest` reads all."""


class ThresholdShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    meaning = serializers.CharField()
    default = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    value = serializers.FloatField()


class KindShape(serializers.Serializer[Any]):
    kind = serializers.CharField()
    says = serializers.CharField(help_text="one sentence")
    off = serializers.BooleanField()
    thresholds = ThresholdShape(many=True)


class SettingsShape(serializers.Serializer[Any]):
    kinds = KindShape(many=True)
    changed = serializers.DictField(help_text="all that differs from the defaults")
    may_change = serializers.BooleanField()


class Changed(serializers.Serializer[Any]):
    changes = serializers.DictField(allow_empty=False, help_text="null: back to the default")


class Asked(Changed):
    days = serializers.IntegerField(min_value=1, max_value=90, default=14)


class FrictionSettingsView(APIView):
    """Shows thresholds and switches; POST changes them for sessions that connect from then on."""

    permission_classes = (IsMember,)

    @extend_schema(responses=SettingsShape)
    def get(self, request: Request) -> Response:
        return _settings(member_of(request))

    @extend_schema(request=Changed, responses=SettingsShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        refuse_unless_lead(member)
        given = Changed(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            tune_friction(
                workspace_id=member.workspace_id,
                changes=given.validated_data["changes"],
                by=member,
                now=timezone.now(),
            )
        except ValueError as error:
            raise serializers.ValidationError({"detail": str(error)}) from error
        return _settings(member)


class FrictionPreviewView(APIView):
    """Shows what the changes would have found in the latest sessions; changes nothing."""

    permission_classes = (IsMember,)

    @extend_schema(request=Asked, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        given = Asked(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()
        try:
            found = backtest(
                workspace=member_of(request).workspace,
                since=now - timedelta(days=given.validated_data["days"]),
                until=now,
                changes=given.validated_data["changes"],
                sessions_at_most=SESSIONS,
            )
        except ValueError as error:
            raise serializers.ValidationError({"detail": str(error)}) from error
        return Response({**found, "sessions_at_most": SESSIONS})


def _settings(member: Member) -> Response:
    member.workspace.refresh_from_db(fields=["friction_settings"])
    changed = member.workspace.friction_settings
    shown = {
        "kinds": [_kind(detector.kind, detector, changed) for detector in DETECTORS],
        "changed": changed,
        "may_change": may_lead(member),
    }
    return Response(SettingsShape(shown).data)


def _kind(kind: str, detector: type[Any], changed: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": kind,
        "says": _first_sentence(detector),
        "off": bool(changed.get(f"{kind}.off", False)),
        "thresholds": [
            {**threshold._asdict(), "name": name, "value": changed.get(name, threshold.default)}
            for name, threshold in THRESHOLDS.items()
            if name.partition(".")[0] == kind
        ],
    }


def _first_sentence(detector: type[Any]) -> str:
    """Returns the first line of the detector's module, which says what it looks for."""
    return (sys.modules[detector.__module__].__doc__ or "").partition("\n")[0]

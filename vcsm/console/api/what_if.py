"""What-if: what a change of the policy would have done over the workspace's last weeks."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.escalation.decide import RULES
from vcsm.escalation.explain import rule_in_words
from vcsm.escalation.models import Escalation
from vcsm.escalation.policy import read_policy
from vcsm.escalation.proven import threshold_in_force
from vcsm.reports.what_if.ask import ask_what_if
from vcsm.reports.what_if.change import ALWAYS, ChangeUnreadable, read_change


class LoadShape(serializers.Serializer[Any]):
    owner = serializers.CharField()
    total = serializers.IntegerField()
    a_day = serializers.FloatField()
    most = serializers.IntegerField()


class FalseAlarmsShape(serializers.Serializer[Any]):
    judged = serializers.IntegerField()
    false = serializers.IntegerField()
    drawn = serializers.IntegerField()
    drawn_false = serializers.IntegerField()
    upper = serializers.FloatField(allow_null=True)
    confidence = serializers.FloatField()


class OutcomeShape(serializers.Serializer[Any]):
    escalations = serializers.IntegerField()
    offers = serializers.IntegerField()
    held_back = serializers.IntegerField()
    displaced = serializers.IntegerField()
    loads = LoadShape(many=True)
    false_alarms = FalseAlarmsShape()
    by_rule = serializers.DictField(child=serializers.IntegerField())


class MissedShape(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    of = serializers.IntegerField()
    lower = serializers.FloatField()
    upper = serializers.FloatField()
    cases = serializers.ListField(child=serializers.CharField())


class NamedShape(serializers.Serializer[Any]):
    """An escalation that is named in a list of cases."""

    summary = serializers.CharField()
    contact = serializers.CharField()
    account = serializers.CharField(allow_blank=True)


class ComparisonShape(serializers.Serializer[Any]):
    days = serializers.IntegerField()
    decisions = serializers.IntegerField()
    unread = serializers.IntegerField()
    cut = serializers.BooleanField()
    confidence = serializers.FloatField()
    before = OutcomeShape()
    after = OutcomeShape()
    missed = MissedShape()
    spared = serializers.ListField(child=serializers.CharField())
    added = serializers.ListField(child=serializers.CharField())
    counts = serializers.DictField(child=serializers.IntegerField())
    named = serializers.DictField(child=NamedShape())


class RuleShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    words = serializers.CharField()
    always = serializers.BooleanField()


class InForceShape(serializers.Serializer[Any]):
    """The settings in force, from which a change starts."""

    minutes_a_day = serializers.FloatField(allow_null=True)
    send_from = serializers.FloatField(allow_null=True)
    rules = RuleShape(many=True)


class ChangeAsked(serializers.Serializer[Any]):
    """A change, in the form that `manage.py backtest_policy` takes, and over how many days."""

    change = serializers.JSONField()
    days = serializers.IntegerField(min_value=1, max_value=366, default=28)


class WhatIfView(APIView):
    """Shows the settings in force; POST decides the last weeks again under a change and stores
    nothing."""

    permission_classes = (IsMember,)

    @extend_schema(responses=InForceShape)
    def get(self, request: Request) -> Response:
        workspace_id = member_of(request).workspace_id
        threshold = threshold_in_force(workspace_id)
        last = RULES[-1].__name__
        found = {
            "minutes_a_day": read_policy(workspace_id).minutes_a_day,
            "send_from": threshold.send_from if threshold else None,
            "rules": [
                {
                    "name": rule.__name__,
                    "words": rule_in_words(rule.__name__),
                    "always": rule.__name__ in (*ALWAYS, last),
                }
                for rule in RULES
            ],
        }
        return Response(InForceShape(found).data)

    @extend_schema(request=ChangeAsked, responses=ComparisonShape)
    def post(self, request: Request) -> Response:
        asked = ChangeAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        workspace_id = member_of(request).workspace_id
        try:
            change = read_change(asked.validated_data["change"])
        except ChangeUnreadable as error:
            raise serializers.ValidationError({"detail": str(error)}) from error
        compared = asdict(
            ask_what_if(
                workspace_id=workspace_id,
                change=change,
                days=asked.validated_data["days"],
                now=timezone.now(),
            )
        )
        cases = [*compared["missed"]["cases"], *compared["spared"], *compared["added"]]
        compared["named"] = _named(workspace_id, cases)
        return Response(ComparisonShape(compared).data)


def _named(workspace_id: int, cases: list[str]) -> dict[str, dict[str, str]]:
    ids = [UUID(case.partition(":")[2]) for case in cases if case.startswith("escalation:")]
    rows = Escalation.objects.filter(pk__in=ids, workspace_id=workspace_id).select_related(
        "contact", "account"
    )
    return {
        f"escalation:{row.pk}": {
            "summary": row.summary,
            "contact": str(row.contact),
            "account": row.account.name if row.account else "",
        }
        for row in rows
    }

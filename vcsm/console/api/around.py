"""Around an escalation: reasons in words, health, stakeholders, problems, next actions, a draft."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.console.screen.around import read_around
from vcsm.problems.models import Problem


class BecauseShape(serializers.Serializer[Any]):
    words = serializers.CharField()
    effect = serializers.CharField()
    adds = serializers.FloatField()


class WorthShape(serializers.Serializer[Any]):
    value = serializers.FloatField()
    how = serializers.CharField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    price = serializers.FloatField(allow_null=True)
    revenue_known = serializers.BooleanField()
    minutes = serializers.FloatField()


class HealthPartShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    says = serializers.CharField()


class AccountHealthShape(serializers.Serializer[Any]):
    score = serializers.IntegerField(source="health.score", allow_null=True)
    word = serializers.CharField(source="health.word")
    trend = serializers.CharField()
    parts = HealthPartShape(source="health.parts", many=True)


class StakeholderShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="contact.pk")
    name = serializers.CharField(source="contact")
    email = serializers.CharField(source="contact.email", allow_blank=True)
    seen_at = serializers.DateTimeField(allow_null=True)
    sessions = serializers.IntegerField()
    open_escalations = serializers.IntegerField()


class BelongsShape(serializers.ModelSerializer[Problem]):
    team = serializers.CharField(source="team.name", default="")

    class Meta:
        model = Problem
        fields = ("id", "title", "state", "scope", "team", "began_at")


class StepShape(serializers.Serializer[Any]):
    act = serializers.CharField()
    title = serializers.CharField()
    why = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    stands_on = serializers.CharField()
    target = serializers.CharField(allow_blank=True)


class RecordShape(serializers.Serializer[Any]):
    kind = serializers.CharField()
    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class SentenceShape(serializers.Serializer[Any]):
    text = serializers.CharField()
    record = RecordShape(allow_null=True)


class AroundShape(serializers.Serializer[Any]):
    rule_means = serializers.CharField(allow_blank=True)
    because = BecauseShape(many=True)
    worth = WorthShape(allow_null=True)
    unreadable = serializers.BooleanField()
    health = AccountHealthShape(allow_null=True)
    stakeholders = StakeholderShape(many=True)
    problems = BelongsShape(many=True)
    steps = StepShape(many=True)
    draft = SentenceShape(many=True)
    writer = serializers.BooleanField()


class AroundView(APIView):
    """Shows what surrounds an escalation, read after the screen: taking over needs none of it."""

    permission_classes = (IsMember,)

    @extend_schema(responses=AroundShape)
    def get(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        found = read_around(escalation, member=member_of(request), now=timezone.now())
        return Response(AroundShape(found).data)

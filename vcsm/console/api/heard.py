"""Messages and how they were understood, for a member to confirm or correct with one click."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.api.intents import KeptShape, intent_of
from vcsm.intent.confirmed import read_kept
from vcsm.intent.correct import correct_intent
from vcsm.intent.models import CapturedIntent
from vcsm.intent.taxonomy import add_examples

MOST = 60
OUTCOMES = ("all", "sure", "unsure", "none")


class HeardAsked(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=OUTCOMES, default="all")
    settled = serializers.BooleanField(default=False)


class Meant(serializers.Serializer[Any]):
    """What a message meant. `intent` is null when it was none of the intents; with `teach`, the
    text becomes an example of the intent."""

    intent = serializers.IntegerField(allow_null=True)
    teach = serializers.BooleanField(default=False)


class HeardShape(serializers.ModelSerializer[CapturedIntent]):
    title = serializers.CharField(source="intent.title", default="")
    meant = serializers.CharField(source="corrected_to.title", default="")
    meant_id = serializers.IntegerField(source="corrected_to_id", allow_null=True)
    by = serializers.CharField(source="corrected_by.name", default="")
    contact = serializers.CharField(source="contact.__str__")
    account = serializers.CharField(source="contact.account.name", default="")
    language = serializers.SerializerMethodField()
    alternatives = serializers.JSONField()

    class Meta:
        model = CapturedIntent
        fields = (
            "id",
            "text",
            "source",
            "outcome",
            "intent_id",
            "title",
            "probability",
            "alternatives",
            "language",
            "contact",
            "account",
            "at",
            "meant",
            "meant_id",
            "by",
            "corrected_at",
        )

    def get_language(self, captured: CapturedIntent) -> str:
        return str(captured.evidence.get("language", ""))


class HeardListShape(serializers.Serializer[Any]):
    rows = HeardShape(many=True)
    kept = KeptShape()


class HeardView(APIView):
    """Lists the latest messages of contacts and how they were understood; those not yet confirmed
    or corrected, or with `settled` those that were."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[OpenApiParameter("outcome", enum=OUTCOMES), OpenApiParameter("settled", bool)],
        responses=HeardListShape,
    )
    def get(self, request: Request) -> Response:
        asked = HeardAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        workspace_id = member_of(request).workspace_id
        rows = CapturedIntent.objects.filter(
            workspace_id=workspace_id,
            source=CapturedIntent.Source.ASKED,
            evidence__kind="said",
            corrected_at__isnull=not asked.validated_data["settled"],
        ).exclude(text="")
        if asked.validated_data["outcome"] != "all":
            rows = rows.filter(outcome=asked.validated_data["outcome"])
        latest = (
            rows.select_related("intent", "corrected_to", "corrected_by", "contact__account")
            .defer("vector")
            .order_by("-at", "-pk")[:MOST]
        )
        return Response(HeardListShape({"rows": latest, "kept": read_kept(workspace_id)}).data)


class MeantView(APIView):
    """Confirms or corrects what one message meant, which calibrates the workspace's model."""

    permission_classes = (IsMember,)

    @extend_schema(request=Meant, responses=HeardShape)
    def post(self, request: Request, captured_id: int) -> Response:
        member = member_of(request)
        captured = get_object_or_404(
            CapturedIntent, pk=captured_id, workspace_id=member.workspace_id
        )
        given = Meant(data=request.data)
        given.is_valid(raise_exception=True)
        meant = given.validated_data["intent"]
        intent = intent_of(request, meant) if meant is not None else None
        settled = correct_intent(
            captured_id=captured.pk,
            intent_id=intent.pk if intent else None,
            member_id=member.pk,
            at=timezone.now(),
        )
        if intent and given.validated_data["teach"]:
            add_examples(intent_id=intent.pk, texts=[captured.text])
        return Response(HeardShape(settled).data)

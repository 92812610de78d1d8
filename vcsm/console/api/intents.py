"""The workspace's intents: how well they are told apart, and how members edit them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.api.actions import Conflict
from vcsm.intent.classify import understand
from vcsm.intent.confirmed import read_kept
from vcsm.intent.health import Health
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.remembered import read_health
from vcsm.intent.taxonomy import (
    ChangedMeanwhile,
    add_intent,
    retire_intent,
    save_intent,
    version_of,
)

MOST_EXAMPLES = 5_000


class IntentGiven(serializers.Serializer[Any]):
    """An intent as a member writes it; its examples replace all earlier ones. `edited` is the
    `version` the writer started from, and the answer is 409 when the intent has changed since."""

    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=5_000, allow_blank=True, default="")
    examples = serializers.ListField(
        child=serializers.CharField(max_length=20_000, allow_blank=True), max_length=MOST_EXAMPLES
    )
    signs = serializers.ListField(child=serializers.CharField(), default=list)
    edited = serializers.CharField(max_length=64, allow_null=True, default=None)


class TextGiven(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=20_000, trim_whitespace=False)


class IntentLineShape(serializers.ModelSerializer[Intent]):
    examples = serializers.IntegerField()
    asked = serializers.IntegerField()
    implied = serializers.IntegerField()

    class Meta:
        model = Intent
        fields = ("id", "name", "title", "description", "examples", "asked", "implied")


class IntentWholeShape(serializers.ModelSerializer[Intent]):
    examples = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()

    class Meta:
        model = Intent
        fields = ("id", "name", "title", "description", "examples", "signs", "version")

    def get_version(self, intent: Intent) -> str:
        return version_of(intent)

    def get_examples(self, intent: Intent) -> list[str]:
        return list(intent.examples.order_by("pk").values_list("text", flat=True))


class PairShape(serializers.Serializer[Any]):
    """Two intents whose held-out examples are taken for each other, and how often."""

    intent = serializers.IntegerField()
    taken_for = serializers.IntegerField()
    times = serializers.IntegerField()
    advice = serializers.CharField()


class ShareShape(serializers.Serializer[Any]):
    intent = serializers.IntegerField()
    value = serializers.FloatField()


class HealthShape(serializers.Serializer[Any]):
    accuracy = serializers.FloatField(allow_null=True)
    intents = serializers.IntegerField()
    examples = serializers.IntegerField()
    confusions = PairShape(many=True)
    thin = ShareShape(many=True)
    weak = ShareShape(many=True)


class KeptShape(serializers.Serializer[Any]):
    """The share of messages with a known intent that are understood as having one: as promised
    (`nominal`) and as counted (`actual`, with its 95 % interval)."""

    nominal = serializers.FloatField()
    actual = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()
    confirmed = serializers.IntegerField()
    right = serializers.IntegerField()
    strangers = serializers.IntegerField()
    caught = serializers.IntegerField()


class IntentsShape(serializers.Serializer[Any]):
    intents = IntentLineShape(many=True)
    health = HealthShape()
    kept = KeptShape()


class GuessShape(serializers.Serializer[Any]):
    outcome = serializers.CharField()
    probability = serializers.FloatField()
    p_value = serializers.FloatField()
    language = serializers.CharField(allow_blank=True)
    alternatives = serializers.ListField(child=serializers.DictField())


class IntentsView(APIView):
    """Lists all intents with their health; POST adds one."""

    permission_classes = (IsMember,)

    @extend_schema(responses=IntentsShape)
    def get(self, request: Request) -> Response:
        return Response(_everything(member_of(request).workspace_id))

    @extend_schema(request=IntentGiven, responses=IntentWholeShape)
    def post(self, request: Request) -> Response:
        given = _given(request)
        del given["edited"]  # it is new
        return Response(_saved(add_intent, member_of(request).workspace_id, given), status=201)


class IntentView(APIView):
    """Shows one intent with its examples; POST replaces it, from the next message on."""

    permission_classes = (IsMember,)

    @extend_schema(responses=IntentWholeShape)
    def get(self, request: Request, intent_id: int) -> Response:
        return Response(IntentWholeShape(intent_of(request, intent_id)).data)

    @extend_schema(request=IntentGiven, responses=IntentWholeShape)
    def post(self, request: Request, intent_id: int) -> Response:
        intent = intent_of(request, intent_id)
        save = partial(save_intent, name=intent.name)
        return Response(_saved(save, intent.workspace_id, _given(request)))


class RetireIntentView(APIView):
    """Retires an intent: no new message is understood as it; what was understood before stays."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=IntentsShape)
    def post(self, request: Request, intent_id: int) -> Response:
        intent = intent_of(request, intent_id)
        retire_intent(workspace_id=intent.workspace_id, intent_id=intent.pk, at=timezone.now())
        return Response(_everything(intent.workspace_id))


class TryView(APIView):
    """Shows how a text would be understood; nothing is recorded."""

    permission_classes = (IsMember,)

    @extend_schema(request=TextGiven, responses=GuessShape)
    def post(self, request: Request) -> Response:
        given = TextGiven(data=request.data)
        given.is_valid(raise_exception=True)
        workspace_id = member_of(request).workspace_id
        understood = understand(workspace_id=workspace_id, text=given.validated_data["text"])
        guess = understood.guess
        titles = dict(Intent.objects.filter(workspace_id=workspace_id).values_list("pk", "title"))
        alternatives = [
            {"intent": int(name), "title": titles.get(int(name), ""), "probability": chance}
            for name, chance in guess.alternatives
        ]
        told = {
            "outcome": guess.outcome.value,
            "probability": guess.probability,
            "p_value": guess.p_value,
            "language": understood.language,
            "alternatives": alternatives,
        }
        return Response(GuessShape(told).data)


def intent_of(request: Request, intent_id: int) -> Intent:
    """Returns a live intent of the member's workspace; raises Http404 for any other."""
    return get_object_or_404(
        Intent, pk=intent_id, workspace_id=member_of(request).workspace_id, retired_at=None
    )


def _everything(workspace_id: int) -> Any:
    rows = Intent.objects.filter(workspace_id=workspace_id, retired_at=None).order_by(
        Lower("title")
    )
    captured = CapturedIntent.objects.filter(workspace_id=workspace_id, intent__isnull=False)
    implied = Q(source=CapturedIntent.Source.IMPLIED)
    counts = {
        intent_id: (asked, hinted)
        for intent_id, asked, hinted in captured.values("intent")
        .annotate(asked=Count("pk", filter=~implied), hinted=Count("pk", filter=implied))
        .values_list("intent", "asked", "hinted")
    }
    intents = list(rows.annotate(examples_count=Count("examples")))
    lines = [
        {
            "id": one.pk,
            "name": one.name,
            "title": one.title,
            "description": one.description,
            "examples": one.examples_count,
            "asked": counts.get(one.pk, (0, 0))[0],
            "implied": counts.get(one.pk, (0, 0))[1],
        }
        for one in intents
    ]
    health, kept = read_health(workspace_id), read_kept(workspace_id)
    return IntentsShape({"intents": lines, "health": _health(health), "kept": kept}).data


def _health(health: Health) -> dict[str, Any]:
    return {
        "accuracy": health.accuracy,
        "intents": health.intents,
        "examples": health.examples,
        "confusions": health.confusions,
        "thin": [{"intent": name, "value": count} for name, count in health.thin],
        "weak": [{"intent": name, "value": share} for name, share in health.weak],
    }


def _given(request: Request) -> dict[str, Any]:
    given = IntentGiven(data=request.data)
    given.is_valid(raise_exception=True)
    data: dict[str, Any] = given.validated_data
    return data


def _saved(save: Callable[..., Intent], workspace_id: int, given: dict[str, Any]) -> Any:
    try:
        intent = save(workspace_id=workspace_id, **given)
    except ChangedMeanwhile as error:
        raise Conflict("changed_meanwhile", str(error)) from None
    except ValueError as error:
        raise ValidationError({"detail": str(error)}) from None
    return IntentWholeShape(intent).data

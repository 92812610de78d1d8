"""What a contact is believed to be after, and the passage nearest to what they last wrote."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, escalation_of
from vcsm.console.api.heard import HeardShape
from vcsm.intent.goal import goal_of_contact, goal_of_session
from vcsm.intent.history import last_message
from vcsm.intent.mood import mood_of
from vcsm.knowledge.answered import latest_answer


class EvidenceShape(serializers.Serializer[Any]):
    captured_id = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    set_right = serializers.BooleanField()


class GoalShape(serializers.Serializer[Any]):
    intent_id = serializers.IntegerField()
    title = serializers.CharField()
    share = serializers.FloatField()
    evidence = EvidenceShape(many=True)


class MoodShape(serializers.Serializer[Any]):
    valence = serializers.FloatField()
    shift = serializers.FloatField()
    messages = serializers.IntegerField()


class PassageShape(serializers.Serializer[Any]):
    """The passage nearest to the last message; `known` says whether it is sure enough to answer."""

    question = serializers.CharField()
    title = serializers.CharField()
    heading = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    known = serializers.BooleanField()
    at = serializers.DateTimeField()


class UnderstoodShape(serializers.Serializer[Any]):
    visit = GoalShape(allow_null=True)
    lately = GoalShape(allow_null=True)
    message = HeardShape(allow_null=True)
    passage = PassageShape(allow_null=True)
    mood = MoodShape(allow_null=True)


class UnderstoodView(APIView):
    """Shows the goal of the visit and of the contact lately, with evidence, and how the last
    message was understood, which a member can correct."""

    permission_classes = (IsMember,)

    @extend_schema(responses=UnderstoodShape)
    def get(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id, related=())
        now, contact_id = timezone.now(), escalation.contact_id
        told = {
            "visit": goal_of_session(escalation.session_id, now=now),
            "lately": goal_of_contact(contact_id, now=now),
            "message": last_message(contact_id),
            "passage": latest_answer(contact_id),
            "mood": mood_of(contact_id, at=now),
        }
        return Response(UnderstoodShape(told).data)

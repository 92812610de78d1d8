"""Finds anything in the workspace while a member types."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.finding.find import LONGEST, WAYS, find

MarksField = serializers.ListField


class SearchAsked(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    by = serializers.ChoiceField(choices=WAYS, default="both")


class HitShape(serializers.Serializer[Any]):
    """One hit; `…_marks` are pairs of start and end of what matched, in code points."""

    kind = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    title_marks = MarksField(child=MarksField(child=serializers.IntegerField()))
    text = serializers.CharField(allow_blank=True)
    text_marks = MarksField(child=MarksField(child=serializers.IntegerField()))
    note = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    by = serializers.CharField()


class GroupShape(serializers.Serializer[Any]):
    kind = serializers.CharField()
    hits = HitShape(many=True)


class FoundShape(serializers.Serializer[Any]):
    groups = GroupShape(many=True)
    unread = serializers.CharField(allow_blank=True)


class FindView(APIView):
    """Finds accounts, contacts, escalations, problems, messages, articles and intents.

    `by=words` needs no worker and answers fast enough for typing; `by=meaning` asks a worker to
    encode the text.
    """

    permission_classes = (IsMember,)

    @extend_schema(parameters=[SearchAsked], responses=FoundShape)
    def get(self, request: Request) -> Response:
        given = SearchAsked(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        found = find(
            workspace_id=member_of(request).workspace_id,
            asked=given.validated_data["q"],
            way=given.validated_data["by"],
            now=timezone.now(),
        )
        return Response(FoundShape(found).data)

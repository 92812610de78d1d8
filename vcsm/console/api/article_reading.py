"""How far workers have read articles that were saved but do not answer yet."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.knowledge.reading import readings


class ReadingShape(serializers.Serializer[Any]):
    article_id = serializers.IntegerField()
    version = serializers.IntegerField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class ReadingsShape(serializers.Serializer[Any]):
    reading = ReadingShape(many=True)


class ReadingsView(APIView):
    """Lists articles whose newest version is being read; the one before it answers until then."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ReadingsShape)
    def get(self, request: Request) -> Response:
        found = readings(workspace_id=member_of(request).workspace_id)
        return Response(ReadingsShape({"reading": list(found.values())}).data)

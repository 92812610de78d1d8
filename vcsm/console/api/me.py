"""Who is signed in, and in which workspace."""

from typing import Any

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.api.shapes import MemberShape


class WorkspaceShape(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField(
        help_text="ISO 4217: what every amount of this API is in; they are numbers without it."
    )


class MeShape(serializers.Serializer[Any]):
    member = MemberShape()
    workspace = WorkspaceShape()


class MeView(APIView):
    """Shows who is signed in, and sets the CSRF cookie that later POSTs repeat in `X-CSRFToken`."""

    permission_classes = (IsMember,)

    @extend_schema(responses=MeShape)
    def get(self, request: Request) -> Response:
        get_token(request._request)
        member = member_of(request)
        return Response(MeShape({"member": member, "workspace": member.workspace}).data)

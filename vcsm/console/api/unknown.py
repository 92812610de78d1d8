"""Answers unknown addresses below `/console/api/` with 404 as JSON instead of the app's page."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember


@extend_schema(exclude=True)
class UnknownView(APIView):
    permission_classes = (IsMember,)

    def get(self, request: Request) -> Response:
        raise Http404

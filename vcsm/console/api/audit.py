"""The workspace's audit: its entries, and whether they are unchanged since they were written."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.audit.append import KINDS
from vcsm.audit.read import MOST, read_entries
from vcsm.audit.verify import START, Chain, verify_chains
from vcsm.console.access import IsMember, member_of


class AuditAsked(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=KINDS, default="", allow_blank=True)
    actor = serializers.CharField(max_length=200, default="", allow_blank=True)
    subject = serializers.CharField(max_length=200, default="", allow_blank=True)
    before = serializers.IntegerField(default=None, allow_null=True, min_value=1)
    limit = serializers.IntegerField(default=50, min_value=1, max_value=MOST)


class EntryShape(serializers.Serializer[Any]):
    """One entry of the audit; where it is in no chain, `place` is null and `hash` empty."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    actor = serializers.CharField()
    subject = serializers.CharField()
    body = serializers.CharField()
    place = serializers.IntegerField(allow_null=True)
    hash = serializers.CharField()


class EntriesShape(serializers.Serializer[Any]):
    lines = EntryShape(many=True)
    older = serializers.IntegerField(allow_null=True)
    kinds = serializers.ListField(child=serializers.CharField())


class AuditView(APIView):
    """Lists entries, newest first; `older` is the `before` to ask for the next piece with."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", enum=KINDS),
            OpenApiParameter("actor", description="Part of who did it."),
            OpenApiParameter("subject", description="Part of what it is about."),
            OpenApiParameter("before", type=int),
            OpenApiParameter("limit", type=int),
        ],
        responses=EntriesShape,
    )
    def get(self, request: Request) -> Response:
        asked = AuditAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        page = read_entries(workspace_id=member_of(request).workspace_id, **asked.validated_data)
        found = {"lines": page.lines, "older": page.older, "kinds": KINDS}
        return Response(EntriesShape(found).data)


class ChainShape(serializers.Serializer[Any]):
    entries = serializers.IntegerField()
    hash = serializers.CharField()
    findings = serializers.ListField(child=serializers.CharField())


class AuditCheckView(APIView):
    """Verifies the workspace's whole chain; `findings` is empty when nothing was altered."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ChainShape)
    def get(self, request: Request) -> Response:
        workspace = member_of(request).workspace
        chains = verify_chains(workspace=workspace.slug)
        nothing = Chain(workspace=workspace.slug, entries=0, hash=START, findings=())
        return Response(ChainShape(chains[0] if chains else nothing).data)

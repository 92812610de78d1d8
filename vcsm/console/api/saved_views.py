"""Named filters of the queue: the member's own, and those shared in the workspace."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, member_of
from vcsm.console.models import SavedView

MOST = 30
"""The most views that one member may have."""


class SavedViewShape(serializers.ModelSerializer[SavedView]):
    by = serializers.CharField(source="member.name")
    mine = serializers.SerializerMethodField()

    class Meta:
        model = SavedView
        fields = ("id", "name", "query", "shared", "by", "mine")

    def get_mine(self, view: SavedView) -> bool:
        member: Member = self.context["member"]
        return view.member_id == member.pk


class SavedViewGiven(serializers.Serializer[Any]):
    """A view to save; one of the same name is replaced, or with `remove` deleted."""

    name = serializers.CharField(max_length=60)
    query = serializers.CharField(max_length=500, allow_blank=True, default="")
    shared = serializers.BooleanField(default=False)
    remove = serializers.BooleanField(default=False)

    def validate_query(self, query: str) -> str:
        """Returns the query encoded as in an address; anything that is no query is dropped."""
        return urlencode(parse_qsl(query.lstrip("?")))


class SavedViewsView(APIView):
    """Lists the member's own views, then shared ones; POST saves or removes one of their own."""

    permission_classes = (IsMember,)

    @extend_schema(responses=SavedViewShape(many=True))
    def get(self, request: Request) -> Response:
        return _answer(member_of(request))

    @extend_schema(request=SavedViewGiven, responses=SavedViewShape(many=True))
    def post(self, request: Request) -> Response:
        member = member_of(request)
        given = SavedViewGiven(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        mine = SavedView.objects.filter(member=member)
        if wanted["remove"]:
            mine.filter(name=wanted["name"]).delete()
            return _answer(member)
        if mine.exclude(name=wanted["name"]).count() >= MOST:
            raise serializers.ValidationError({"name": f"At most {MOST} views; remove one first."})
        SavedView.objects.update_or_create(
            member=member,
            name=wanted["name"],
            defaults={
                "workspace_id": member.workspace_id,
                "query": wanted["query"],
                "shared": wanted["shared"],
                "made_at": timezone.now(),
            },
        )
        return _answer(member)


def _answer(member: Member) -> Response:
    theirs = Q(member=member) | Q(workspace_id=member.workspace_id, shared=True)
    views = SavedView.objects.filter(theirs).select_related("member").order_by("name", "pk")
    found = sorted(views, key=lambda view: view.member_id != member.pk)
    return Response(SavedViewShape(found, many=True, context={"member": member}).data)

"""Clusters of what contacts ask for that no intent covers, and making intents of them."""

from typing import Any

from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.api.intents import IntentWholeShape
from vcsm.intent.clusters import (
    adopt_cluster,
    central_messages,
    put_aside,
    refresh_clusters,
    take_up_again,
)
from vcsm.intent.models import UnmetCluster
from vcsm.intent.taxonomy import make_name

MESSAGES = 60


class AdoptGiven(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    examples = serializers.ListField(
        child=serializers.CharField(max_length=20_000), max_length=500, default=list
    )


class ClusterShape(serializers.ModelSerializer[UnmetCluster]):
    phrases = serializers.ListField(child=serializers.CharField())
    trend = serializers.ListField(child=serializers.IntegerField())
    current = serializers.BooleanField()
    intent = serializers.CharField(source="intent.title", default="")
    settled_by = serializers.CharField(source="settled_by.name", default="")

    class Meta:
        model = UnmetCluster
        fields = (
            "id",
            "title",
            "phrases",
            "size",
            "contacts",
            "accounts",
            "annual_revenue",
            "trend",
            "first_at",
            "last_at",
            "found_at",
            "seen_at",
            "current",
            "intent",
            "settled_by",
            "settled_at",
        )


class UnmetShape(serializers.Serializer[Any]):
    clusters = ClusterShape(many=True)
    looked_at = serializers.DateTimeField(allow_null=True)


class ClusterWholeShape(serializers.Serializer[Any]):
    cluster = ClusterShape()
    messages = serializers.ListField(child=serializers.CharField())


class UnmetView(APIView):
    """Lists the clusters, largest first; POST searches for clusters again now."""

    permission_classes = (IsMember,)

    @extend_schema(responses=UnmetShape)
    def get(self, request: Request) -> Response:
        return Response(_everything(member_of(request).workspace_id))

    @extend_schema(request=None, responses=UnmetShape)
    def post(self, request: Request) -> Response:
        workspace_id = member_of(request).workspace_id
        refresh_clusters(workspace_id=workspace_id, now=timezone.now())
        return Response(_everything(workspace_id))


class ClusterView(APIView):
    """Shows one cluster with its messages, the most central first."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ClusterWholeShape)
    def get(self, request: Request, cluster_id: int) -> Response:
        cluster = _cluster_of(request, cluster_id)
        told = {"cluster": cluster, "messages": central_messages(cluster, at_most=MESSAGES)}
        return Response(ClusterWholeShape(told).data)


class AdoptView(APIView):
    """Makes an intent of a cluster, by default with its most central messages as examples."""

    permission_classes = (IsMember,)

    @extend_schema(request=AdoptGiven, responses=IntentWholeShape)
    def post(self, request: Request, cluster_id: int) -> Response:
        cluster = _cluster_of(request, cluster_id)
        given = AdoptGiven(data=request.data)
        given.is_valid(raise_exception=True)
        title = given.validated_data["title"]
        try:
            intent = adopt_cluster(
                cluster=cluster,
                name=make_name(title, workspace_id=cluster.workspace_id),
                title=title,
                examples=given.validated_data["examples"],
                member=member_of(request),
                at=timezone.now(),
            )
        except ValueError as error:
            raise ValidationError({"detail": str(error)}) from None
        return Response(IntentWholeShape(intent).data, status=201)


class AsideView(APIView):
    """Puts a cluster aside, or takes up again one that is settled."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=ClusterShape)
    def post(self, request: Request, cluster_id: int) -> Response:
        cluster = _cluster_of(request, cluster_id)
        if cluster.settled_at is None:
            put_aside(cluster=cluster, member=member_of(request), at=timezone.now())
        else:
            take_up_again(cluster=cluster)
        return Response(ClusterShape(_cluster_of(request, cluster_id)).data)


def _cluster_of(request: Request, cluster_id: int) -> UnmetCluster:
    workspace_id = member_of(request).workspace_id
    rows = UnmetCluster.objects.select_related("intent", "settled_by")
    cluster = get_object_or_404(rows, pk=cluster_id, workspace_id=workspace_id)
    return _dated([cluster], workspace_id)[0]


def _everything(workspace_id: int) -> Any:
    rows = UnmetCluster.objects.filter(workspace_id=workspace_id).defer("centre")
    clusters = list(rows.select_related("intent", "settled_by").order_by("-size", "pk"))
    looked_at = rows.aggregate(latest=Max("seen_at"))["latest"]
    told = {"clusters": _dated(clusters, workspace_id), "looked_at": looked_at}
    return UnmetShape(told).data


def _dated(clusters: list[UnmetCluster], workspace_id: int) -> list[UnmetCluster]:
    """Sets on each cluster whether the latest search still found it (`current`)."""
    rows = UnmetCluster.objects.filter(workspace_id=workspace_id)
    latest = rows.aggregate(latest=Max("seen_at"))["latest"]
    for cluster in clusters:
        cluster.current = cluster.seen_at == latest  # type: ignore[attr-defined]
    return clusters

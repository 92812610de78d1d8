"""The certificate: what the workspace's verdicts prove about its share of false alarms."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.escalation.proven import read_proven


class StandingShape(serializers.Serializer[Any]):
    """The certificate's state, with the fields that `manage.py certify` prints."""

    threshold = serializers.FloatField(allow_null=True)
    certified = serializers.BooleanField()
    upper_bound = serializers.FloatField(allow_null=True)
    escalated_share = serializers.FloatField()
    verdicts = serializers.IntegerField()
    verdicts_missing = serializers.IntegerField()
    drift = serializers.BooleanField()


class ChoiceShape(serializers.Serializer[Any]):
    max_false_share = serializers.FloatField()
    threshold = serializers.FloatField(allow_null=True)
    escalated_share = serializers.FloatField()
    upper_bound = serializers.FloatField(allow_null=True)
    missing = serializers.IntegerField()


class InForceShape(serializers.Serializer[Any]):
    """The threshold that a member picked; a struggle that scores below it calls nobody."""

    max_false_share = serializers.FloatField()
    send_from = serializers.FloatField()
    upper_bound = serializers.FloatField()
    verdicts = serializers.IntegerField()
    chosen_by = serializers.CharField(source="chosen_by.name", default=None, allow_null=True)
    chosen_at = serializers.DateTimeField()


class CertificateShape(serializers.Serializer[Any]):
    standing = StandingShape()
    in_force = InForceShape(allow_null=True)
    max_false_share = serializers.FloatField()
    confidence = serializers.FloatField()
    asked = serializers.IntegerField()
    choices = ChoiceShape(many=True)


class CertificateView(APIView):
    """Shows the certificate for the workspace's share of false alarms. The bounds in `choices` hold
    together with probability `confidence`, so one may be picked after looking at all of them."""

    permission_classes = (IsMember,)

    @extend_schema(responses=CertificateShape)
    def get(self, request: Request) -> Response:
        return Response(CertificateShape(read_proven(member_of(request).workspace_id)).data)

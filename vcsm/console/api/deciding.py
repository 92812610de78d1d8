"""The screen about deciding, and what members change there."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.audit.look import note_look
from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.console.api.deciding_shapes import DecidingShape
from vcsm.console.api.shapes import DetailShape
from vcsm.console.deciding import read_deciding
from vcsm.console.detail import read_detail
from vcsm.escalation import enforce, snooze, team
from vcsm.escalation.audits import AlreadyAnswered, answer_audit
from vcsm.escalation.models import SilenceAudit
from vcsm.escalation.policy import PolicyUnreadable, change_policy, put_in_force


class Refused(APIException):
    """409: the request makes no sense now; `detail` says why."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "refused"

    def __init__(self, error: Exception) -> None:
        super().__init__({"code": "refused", "detail": str(error)})


class DecidingView(APIView):
    """Shows the certificate, the quality of the probabilities, members' hours, the budget, the
    policy, and the audits that await an answer."""

    permission_classes = (IsMember,)

    @extend_schema(responses=DecidingShape)
    def get(self, request: Request) -> Response:
        return _overview(request)


class ThresholdGiven(serializers.Serializer[Any]):
    """One of the shares on the slider; null lifts the threshold in force."""

    max_false_share = serializers.FloatField(allow_null=True)


class ThresholdView(APIView):
    """Puts the threshold of a proven share in force, or lifts it; leads and admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=ThresholdGiven, responses=DecidingShape)
    def post(self, request: Request) -> Response:
        given = ThresholdGiven(data=request.data)
        given.is_valid(raise_exception=True)
        share, member, now = given.validated_data["max_false_share"], member_of(request), _now()
        try:
            if share is None:
                enforce.lift(member_id=member.pk, now=now)
            else:
                enforce.put_in_force(member_id=member.pk, max_false_share=share, now=now)
        except enforce.NotProven as error:
            raise Refused(error) from error
        return _overview(request)


class AuditAnswered(serializers.Serializer[Any]):
    needed = serializers.BooleanField()


class SilenceAuditView(APIView):
    """Notes whether a human was needed in a session that called nobody; 409 when somebody has
    answered already."""

    permission_classes = (IsMember,)

    @extend_schema(request=AuditAnswered, responses=DecidingShape)
    def post(self, request: Request, audit_id: int) -> Response:
        member = member_of(request)
        audit = get_object_or_404(SilenceAudit, pk=audit_id, workspace_id=member.workspace_id)
        given = AuditAnswered(data=request.data)
        given.is_valid(raise_exception=True)
        now = _now()
        try:
            answer_audit(audit_id=audit.pk, member_id=member.pk, now=now, **given.validated_data)
        except AlreadyAnswered as error:
            raise Refused(Exception("Somebody has answered this already.")) from error
        note_look(member=member, subject=f"session:{audit.session_id}", part="silence", now=now)
        return _overview(request)


class DutyGiven(serializers.Serializer[Any]):
    member = serializers.IntegerField(allow_null=True, default=None)
    """The id of the member whose hours these are; null: the member who asks."""
    minutes_a_day = serializers.FloatField()
    days = serializers.ListField(child=serializers.IntegerField(), default=list)
    starts = serializers.TimeField()
    ends = serializers.TimeField()
    zone = serializers.CharField(max_length=64, default="UTC")
    skills = serializers.ListField(
        child=serializers.CharField(max_length=60), default=list, max_length=30
    )
    away_until = serializers.DateTimeField(allow_null=True, default=None)


class DutyView(APIView):
    """Sets a member's hours: their own, or anybody's as a lead or admin."""

    permission_classes = (IsMember,)

    @extend_schema(request=DutyGiven, responses=DecidingShape)
    def post(self, request: Request) -> Response:
        given = DutyGiven(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = dict(given.validated_data)
        by = member_of(request)
        named = wanted.pop("member") or by.pk
        there = Member.objects.filter(workspace_id=by.workspace_id, left_at=None)
        member = there.filter(pk=named).first()
        if member is None:
            raise Http404
        wanted["days"], wanted["skills"] = tuple(wanted["days"]), tuple(wanted["skills"])
        try:
            team.set_duty(member=member, wanted=team.DutySet(**wanted), by=by, now=_now())
        except team.DutyRefused as error:
            raise Refused(error) from error
        return _overview(request)


class PolicyView(APIView):
    """Changes the given fields of the policy; leads and admins only.

    A policy that makes no sense is refused with the reason (409), and the old one stays in force.
    """

    permission_classes = (IsMember,)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=DecidingShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        if member.role not in team.LEADS:
            raise PermissionDenied("Only a lead or an admin may change the policy.")
        try:
            change_policy(by=member, changes=request.data, now=_now())
        except PolicyUnreadable as error:
            raise Refused(error) from error
        return _overview(request)


class PolicyFileGiven(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=20_000, trim_whitespace=False, allow_blank=True)


class PolicyFileView(APIView):
    """Replaces the whole policy by a file's text; leads and admins only.

    A text that is no policy leaves the old one in force; the answer's `refused` holds the text and
    the reason.
    """

    permission_classes = (IsMember,)

    @extend_schema(request=PolicyFileGiven, responses=DecidingShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        if member.role not in team.LEADS:
            raise PermissionDenied("Only a lead or an admin may change the policy.")
        given = PolicyFileGiven(data=request.data)
        given.is_valid(raise_exception=True)
        text = given.validated_data["text"].encode("utf-8", "replace")
        with suppress(PolicyUnreadable):
            put_in_force(workspace_id=member.workspace_id, text=text, now=_now(), by=member)
        return _overview(request)


class SnoozeGiven(serializers.Serializer[Any]):
    hours = serializers.FloatField(min_value=0, max_value=14 * 24)
    """How long it sleeps; 0 wakes it."""
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class SnoozeView(APIView):
    """Snoozes an escalation for some hours, with a reason; 409 when it may not be snoozed."""

    permission_classes = (IsMember,)

    @extend_schema(request=SnoozeGiven, responses=DetailShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        given = SnoozeGiven(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            snooze.snooze_for(
                escalation_id=escalation.pk,
                member_id=member_of(request).pk,
                now=_now(),
                **given.validated_data,
            )
        except snooze.SnoozeRefused as error:
            raise Refused(error) from error
        return Response(DetailShape(read_detail(escalation_of(request, escalation_id))).data)


def _now() -> Any:
    return timezone.now()


def _overview(request: Request) -> Response:
    return Response(DecidingShape(read_deciding(member_of(request), now=_now())).data)

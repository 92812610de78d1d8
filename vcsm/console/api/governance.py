"""Guardrails: their state, approvals, kill switches, agents, and the can/can't list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, member_of
from vcsm.console.api.governance_shapes import ListShape, OverviewShape, StopShape
from vcsm.console.permits import may_lead, refuse_unless_lead
from vcsm.governance.agents import register_agent, retire_agent
from vcsm.governance.approvals import NotEarned, approve, approve_at_setup
from vcsm.governance.autonomy import LADDER
from vcsm.governance.guardrails import LONGEST
from vcsm.governance.lists import put_in_force, read_in_force
from vcsm.governance.overview import read_history, read_overview
from vcsm.governance.switches import UnknownSwitch, lift, stop
from vcsm.governance.use_cases import EFFECTS


class GovernanceView(APIView):
    """Shows use cases with their levels, pulled kill switches, agents, and who changed what."""

    permission_classes = (IsMember,)

    @extend_schema(responses=OverviewShape)
    def get(self, request: Request) -> Response:
        return _overview(member_of(request))


class Approved(serializers.Serializer[Any]):
    use_case = serializers.CharField(max_length=60)
    level = serializers.ChoiceField(choices=LADDER)
    why = serializers.CharField(max_length=500, allow_blank=True, default="")


class ApproveView(APIView):
    """Sets a use case's level; 400 says what is missing for it. Lowering it is always allowed.
    Leads and admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=Approved, responses=OverviewShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        refuse_unless_lead(member)
        given = Approved(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            approve(
                workspace_id=member.workspace_id,
                by=member,
                now=timezone.now(),
                **given.validated_data,
            )
        except NotEarned as error:
            raise serializers.ValidationError({"detail": str(error)}) from error
        return _overview(member)


class ApproveAllView(APIView):
    """Approves, at their levels for set-up, all use cases that nobody has decided about yet; leads
    and admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=OverviewShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        refuse_unless_lead(member)
        approve_at_setup(workspace_id=member.workspace_id, by=member, now=timezone.now())
        return _overview(member)


class Switched(serializers.Serializer[Any]):
    what = serializers.CharField(max_length=80)
    why = serializers.CharField(max_length=500, allow_blank=True, default="")


class StopView(APIView):
    """Pulls a kill switch; any member may. It is in force when this answers, so the answer is the
    switch alone: nothing else may delay it."""

    permission_classes = (IsMember,)

    @extend_schema(request=Switched, responses=StopShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        given = Switched(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            pulled = stop(
                workspace_id=member.workspace_id,
                by=member,
                now=timezone.now(),
                **given.validated_data,
            )
        except UnknownSwitch as error:
            raise serializers.ValidationError({"detail": str(error)}) from error
        return Response(StopShape(pulled).data)


class LiftView(APIView):
    """Lifts a kill switch, so that what was approved before is in force again; leads and admins
    only."""

    permission_classes = (IsMember,)

    @extend_schema(request=Switched, responses=OverviewShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        refuse_unless_lead(member)
        given = Switched(data=request.data)
        given.is_valid(raise_exception=True)
        lift(
            workspace_id=member.workspace_id, by=member, now=timezone.now(), **given.validated_data
        )
        return _overview(member)


class Registered(serializers.Serializer[Any]):
    key = serializers.CharField(max_length=60)
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    use_cases = serializers.ListField(child=serializers.CharField(max_length=60), max_length=50)
    retire = serializers.BooleanField(default=False)


class AgentsView(APIView):
    """Registers an agent for use cases, or retires it; leads and admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=Registered, responses=OverviewShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        refuse_unless_lead(member)
        given = Registered(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            _register_or_retire(member, **given.validated_data)
        except (ValueError, ValidationError) as error:
            words = error.messages[0] if isinstance(error, ValidationError) else str(error)
            raise serializers.ValidationError({"detail": words}) from error
        return _overview(member)


def _register_or_retire(
    member: Member, *, key: str, name: str, use_cases: list[str], retire: bool
) -> None:
    workspace_id, now = member.workspace_id, timezone.now()
    if retire:
        retire_agent(workspace_id=workspace_id, key=key, by=member, now=now)
        return
    register_agent(
        workspace_id=workspace_id,
        key=key,
        name=name or key,
        use_cases=use_cases,
        by=member,
        now=now,
    )


class ListGiven(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False)


class GuardrailListView(APIView):
    """Shows the can/can't list; POST replaces it (leads and admins only). An invalid text leaves
    the old list in force and is shown as `refused`."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ListShape)
    def get(self, request: Request) -> Response:
        return _list(member_of(request))

    @extend_schema(request=ListGiven, responses=ListShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        refuse_unless_lead(member)
        given = ListGiven(data=request.data)
        given.is_valid(raise_exception=True)
        put_in_force(
            workspace_id=member.workspace_id,
            text=given.validated_data["text"],
            by=member,
            now=timezone.now(),
        )
        return _list(member)


def _overview(member: Member) -> Response:
    found = read_overview(workspace_id=member.workspace_id, now=timezone.now())
    shown = {
        "use_cases": found.use_cases,
        "stopped": found.stopped,
        "assistant_stopped": found.assistant_stopped,
        "agents": found.agents,
        "stops": found.stops,
        "may_change": may_lead(member),
        "history": read_history(workspace_id=member.workspace_id),
    }
    return Response(OverviewShape(shown).data)


def _list(member: Member) -> Response:
    found = read_in_force(member.workspace_id)
    shown = {
        **{name: getattr(found, name) for name in ("guardrails", "text", "row", "refused")},
        "effects": EFFECTS,
        "may_change": may_lead(member),
    }
    return Response(ListShape(shown).data)

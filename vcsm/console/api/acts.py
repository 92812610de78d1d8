"""The assistant's acts: those done, those waiting for a member, and members' judgements of them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.assistant.proposals import Gone, carry_out, undo
from vcsm.console.access import IsMember, member_of
from vcsm.console.api.governance_shapes import ActShape
from vcsm.governance.acts import NotAllowed, NothingToJudge, judge_act, take_back
from vcsm.governance.ledger import STATES, read_acts
from vcsm.governance.models import Act


class TooLate(APIException):
    """409: another member was first, or the act may no longer be done."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "too_late"


class ActsAsked(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=STATES, default="waiting")
    use_case = serializers.CharField(max_length=60, allow_blank=True, default="")


class ActsShape(serializers.Serializer[Any]):
    rows = ActShape(many=True)


class ActsView(APIView):
    """Lists at most 100 acts, newest first: `waiting` for a member, `asked` (drawn at random for
    judging), or `done`."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[OpenApiParameter("state", enum=STATES), OpenApiParameter("use_case")],
        responses=ActsShape,
    )
    def get(self, request: Request) -> Response:
        asked = ActsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        now = timezone.now()
        rows = read_acts(
            workspace_id=member_of(request).workspace_id, now=now, **asked.validated_data
        )
        return Response(ActsShape({"rows": rows}, context={"now": now}).data)


class Judged(serializers.Serializer[Any]):
    """A member's judgement; `text` is the changed wording, used where the click carries it out."""

    judgement = serializers.ChoiceField(choices=Act.Judgement.choices)
    text = serializers.CharField(max_length=5_000, default="", allow_blank=True)


class JudgeView(APIView):
    """Judges an act right as written, changed or rejected; where its level is `approve`, the first
    two carry it out now."""

    permission_classes = (IsMember,)

    @extend_schema(request=Judged, responses=ActShape)
    def post(self, request: Request, act_id: UUID) -> Response:
        given = Judged(data=request.data)
        given.is_valid(raise_exception=True)
        told, member, now = given.validated_data, member_of(request), timezone.now()
        try:
            with transaction.atomic():
                act = judge_act(act_id=act_id, judgement=told["judgement"], by=member, now=now)
                carry_out(act, text=told["text"], now=now)
        except Act.DoesNotExist as error:
            raise Http404 from error
        except (NothingToJudge, NotAllowed, Gone) as error:
            raise TooLate({"code": "too_late", "detail": str(error)}) from error
        return Response(ActShape(act, context={"now": now}).data)


class TakenBack(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=500, allow_blank=True, default="")


class TakeBackView(APIView):
    """Takes an act back; too many taken back lower the use case's level by one."""

    permission_classes = (IsMember,)

    @extend_schema(request=TakenBack, responses=ActShape)
    def post(self, request: Request, act_id: UUID) -> Response:
        given = TakenBack(data=request.data)
        given.is_valid(raise_exception=True)
        member, now = member_of(request), timezone.now()
        try:
            with transaction.atomic():
                act = take_back(act_id=act_id, by=member, now=now, **given.validated_data)
                undo(act, by=member, now=now)
        except Act.DoesNotExist as error:
            raise Http404 from error
        except NothingToJudge as error:
            raise TooLate({"code": "too_late", "detail": str(error)}) from error
        return Response(ActShape(act, context={"now": now}).data)

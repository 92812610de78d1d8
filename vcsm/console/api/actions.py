"""What a member does with an escalation: take it over, hand it back, resolve it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.console.api.shapes import DetailShape
from vcsm.console.detail import read_detail
from vcsm.escalation.desk import resolve_all
from vcsm.escalation.models import Verdict
from vcsm.escalation.work import AlreadyResolved, AlreadyTaken, hand_back, take_over


class Conflict(APIException):
    """409: somebody was first, or it cannot be done now; `owner` names the member who was first."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "already_taken"

    def __init__(self, code: str, detail: str, owner: str = "") -> None:
        super().__init__({"code": code, "detail": detail, "owner": owner})


@contextmanager
def conflicts() -> Iterator[None]:
    """Answers 409 when another member has already taken over or resolved the escalation."""
    try:
        yield
    except AlreadyTaken as error:
        raise Conflict("already_taken", str(error), error.owner_name) from error
    except AlreadyResolved as error:
        raise Conflict("already_resolved", "This has been resolved already.") from error


class TakeOverView(APIView):
    """Lets the member speak and silences the assistant; 409 when another member has taken over."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=DetailShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        with conflicts():
            take_over(
                escalation_id=escalation.pk, member_id=member_of(request).pk, now=timezone.now()
            )
        return detail_response(request, escalation_id)


class HandBackView(APIView):
    """Lets the assistant speak again and returns the escalation to the queue."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=DetailShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        with conflicts():
            hand_back(
                escalation_id=escalation.pk, member_id=member_of(request).pk, now=timezone.now()
            )
        return detail_response(request, escalation_id)


class VerdictGiven(serializers.Serializer[Any]):
    """The three answers of a verdict; `worked` is null while it is not known yet."""

    done = serializers.BooleanField()
    worked = serializers.BooleanField(allow_null=True, default=None)
    false_alarm = serializers.BooleanField()
    reason = serializers.ChoiceField(choices=Verdict.Reason.choices, allow_blank=True, default="")
    note = serializers.CharField(max_length=5_000, allow_blank=True, default="")


class ResolveView(APIView):
    """Stores the verdict, ends a take-over, and resolves the escalation with all merged into it."""

    permission_classes = (IsMember,)

    @extend_schema(request=VerdictGiven, responses=DetailShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id)
        given = VerdictGiven(data=request.data)
        given.is_valid(raise_exception=True)
        with conflicts():
            resolve_all(
                escalation_id=escalation.pk,
                member_id=member_of(request).pk,
                now=timezone.now(),
                **given.validated_data,
            )
        return detail_response(request, escalation_id)


def detail_response(request: Request, escalation_id: UUID) -> Response:
    """Answers with the escalation as it now is, so that the page needs no second call."""
    return Response(DetailShape(read_detail(escalation_of(request, escalation_id))).data)

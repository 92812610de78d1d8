"""The workspace's background work that failed for good: admins see it, run it again or drop it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.permits import refuse_unless_admin
from vcsm.dead_letters.act import CannotRun, drop, run_again, run_all
from vcsm.dead_letters.models import DeadLetter
from vcsm.dead_letters.stand import standing_letters


class LetterShape(serializers.Serializer[Any]):
    """Work that failed for good; `run_at` is set while it was sent again and has not ended."""

    id = serializers.IntegerField()
    task = serializers.CharField()
    arguments = serializers.JSONField()
    runnable = serializers.BooleanField()
    error = serializers.CharField()
    place = serializers.CharField()
    trace = serializers.CharField()
    times = serializers.IntegerField()
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    run_at = serializers.DateTimeField(allow_null=True)
    run_by = serializers.CharField()


class LettersShape(serializers.Serializer[Any]):
    letters = LetterShape(many=True)


class SentShape(LettersShape):
    sent = serializers.IntegerField()


class NotNow(APIException):
    """409: the work cannot be sent again."""

    status_code = 409


class DeadLettersView(APIView):
    """Lists the failed work that is not settled, the latest first; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(responses=LettersShape)
    def get(self, request: Request) -> Response:
        return _letters(request)


class RunLetterView(APIView):
    """Sends the work to its queue again; it stays listed until it succeeds. Admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=LettersShape)
    def post(self, request: Request, letter_id: int) -> Response:
        _act(request, letter_id, run_again)
        return _letters(request)


class DropLetterView(APIView):
    """Drops the work for good; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=LettersShape)
    def post(self, request: Request, letter_id: int) -> Response:
        _act(request, letter_id, drop)
        return _letters(request)


class RunAllLettersView(APIView):
    """Sends all work again that can be sent and is not running already; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=SentShape)
    def post(self, request: Request) -> Response:
        member = member_of(request)
        refuse_unless_admin(member)
        sent = run_all(by=member, now=timezone.now(), workspace_id=member.workspace_id)
        letters = standing_letters(workspace_id=member.workspace_id)
        return Response(SentShape({"sent": sent, "letters": letters}).data)


def _act(request: Request, letter_id: int, act: Callable[..., None]) -> None:
    member = member_of(request)
    refuse_unless_admin(member)
    try:
        act(letter_id, by=member, now=timezone.now(), workspace_id=member.workspace_id)
    except DeadLetter.DoesNotExist as error:
        raise Http404 from error
    except CannotRun as error:
        raise NotNow({"code": "cannot_run", "detail": str(error)}) from error


def _letters(request: Request) -> Response:
    member = member_of(request)
    refuse_unless_admin(member)
    letters = standing_letters(workspace_id=member.workspace_id)
    return Response(LettersShape({"letters": letters}).data)

"""What members settle among themselves: assigning, merging, notes; also in bulk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.console.api.actions import Conflict, VerdictGiven, detail_response
from vcsm.console.api.shapes import DetailShape, MemberShape
from vcsm.escalation import desk, merging
from vcsm.escalation.merging import Refused
from vcsm.escalation.models import Escalation
from vcsm.escalation.snooze import SnoozeRefused, snooze_for
from vcsm.escalation.work import AlreadyResolved, AlreadyTaken

MOST = 200
"""The most escalations in one bulk call."""


class PeopleView(APIView):
    """Lists the members to whom an escalation can be given, by name."""

    permission_classes = (IsMember,)

    @extend_schema(responses=MemberShape(many=True))
    def get(self, request: Request) -> Response:
        members = Member.objects.filter(
            workspace_id=member_of(request).workspace_id, left_at=None, user__is_active=True
        )
        return Response(MemberShape(members.order_by("name", "pk"), many=True).data)


class AssignGiven(serializers.Serializer[Any]):
    """The new owner's id; null leaves the escalation without an owner."""

    to = serializers.IntegerField(allow_null=True)


class AssignView(APIView):
    """Gives the escalation to a member; 409 while another member has taken it over."""

    permission_classes = (IsMember,)

    @extend_schema(request=AssignGiven, responses=DetailShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        given = AssignGiven(data=request.data)
        given.is_valid(raise_exception=True)
        return _settle(
            request,
            escalation_id,
            lambda pk, by, now: desk.assign_to(
                escalation_id=pk, member_id=by, to=given.validated_data["to"], now=now
            ),
        )


class MergeGiven(serializers.Serializer[Any]):
    """The escalation to merge into; null splits it off again."""

    into = serializers.UUIDField(allow_null=True)


class MergeView(APIView):
    """Merges the escalation into another one, or splits it off again; 409 when that is refused."""

    permission_classes = (IsMember,)

    @extend_schema(request=MergeGiven, responses=DetailShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        given = MergeGiven(data=request.data)
        given.is_valid(raise_exception=True)
        into = given.validated_data["into"]
        return _settle(request, escalation_id, lambda pk, by, now: _merge(pk, into, by, now))


class NoteGiven(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=desk.LONGEST_NOTE)


class NotesView(APIView):
    """Adds a note for members, which no contact ever sees."""

    permission_classes = (IsMember,)

    @extend_schema(request=NoteGiven, responses=DetailShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        given = NoteGiven(data=request.data)
        given.is_valid(raise_exception=True)
        return _settle(
            request,
            escalation_id,
            lambda pk, by, now: desk.write_note(
                escalation_id=pk, member_id=by, text=given.validated_data["text"], now=now
            ),
        )


class SnoozeWanted(serializers.Serializer[Any]):
    hours = serializers.FloatField(min_value=0, max_value=24 * 14)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class BulkGiven(serializers.Serializer[Any]):
    """One act for all `ids`: exactly one of the other fields is given."""

    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)
    assign = AssignGiven(required=False)
    snooze = SnoozeWanted(required=False)
    merge = MergeGiven(required=False)
    resolve = VerdictGiven(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 2:
            raise serializers.ValidationError("Name ids and one of assign, snooze, merge, resolve.")
        return attrs


class RefusalShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    why = serializers.CharField()


class BulkShape(serializers.Serializer[Any]):
    done = serializers.ListField(child=serializers.UUIDField())
    refused = RefusalShape(many=True)


class BulkView(APIView):
    """Does the act for each escalation by itself; refused ones are listed with the reason, and the
    others are done."""

    permission_classes = (IsMember,)

    @extend_schema(request=BulkGiven, responses=BulkShape)
    def post(self, request: Request) -> Response:
        given = BulkGiven(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = dict(given.validated_data)
        ids = list(dict.fromkeys(wanted.pop("ids")))
        ((what, how),) = wanted.items()
        act, by, now = ACTS[what], member_of(request).pk, timezone.now()
        done, refused = [], []
        for pk in ids:
            if what == "merge" and pk == how["into"]:
                continue
            try:
                act(pk, how, by, now)
                done.append(pk)
            except Escalation.DoesNotExist:
                refused.append({"id": pk, "why": "There is no such escalation."})
            except (Refused, SnoozeRefused) as error:
                refused.append({"id": pk, "why": str(error)})
            except AlreadyTaken as error:
                refused.append({"id": pk, "why": f"{error.owner_name} has taken this over."})
            except AlreadyResolved:
                refused.append({"id": pk, "why": "This has been resolved already."})
        return Response(BulkShape({"done": done, "refused": refused}).data)


def _merge(pk: UUID, into: UUID | None, by: int, now: datetime) -> object:
    if into is None:
        return merging.split(escalation_id=pk, member_id=by, now=now)
    return merging.merge(escalation_id=pk, into_id=into, member_id=by, now=now)


ACTS: dict[str, Callable[[UUID, dict[str, Any], int, datetime], object]] = {
    "assign": lambda pk, how, by, now: desk.assign_to(
        escalation_id=pk, member_id=by, to=how["to"], now=now
    ),
    "snooze": lambda pk, how, by, now: snooze_for(escalation_id=pk, member_id=by, now=now, **how),
    "merge": lambda pk, how, by, now: _merge(pk, how["into"], by, now),
    "resolve": lambda pk, how, by, now: desk.resolve_all(
        escalation_id=pk, member_id=by, now=now, **how
    ),
}


def _settle(
    request: Request, escalation_id: UUID, act: Callable[[UUID, int, datetime], object]
) -> Response:
    escalation = escalation_of(request, escalation_id)
    try:
        act(escalation.pk, member_of(request).pk, timezone.now())
    except Refused as error:
        raise Conflict("refused", str(error)) from error
    except Escalation.DoesNotExist as error:
        raise Conflict("refused", "There is no such escalation.") from error
    return detail_response(request, escalation_id)

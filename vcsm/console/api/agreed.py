"""Promises made to an escalation's contact, and the contact's corrections and ratings."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.contact_data import erase_contact, export_contact
from vcsm.accounts.models import Contact, Member
from vcsm.audit.append import append_entry
from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.conversations.models import Rating
from vcsm.escalation.broadcast import escalations_erased
from vcsm.success.models import Correction, Promise
from vcsm.success.promises import make_promise, promises_to, settle_promise


class PromiseShape(serializers.ModelSerializer[Promise]):
    by = serializers.CharField(source="member.name", default="", read_only=True)

    class Meta:
        model = Promise
        fields = ("id", "text", "by", "due_at", "state", "made_at", "settled_at")


class CorrectionShape(serializers.ModelSerializer[Correction]):
    class Meta:
        model = Correction
        fields = ("subject", "said", "at")


class RatingShape(serializers.ModelSerializer[Rating]):
    class Meta:
        model = Rating
        fields = ("subject", "score", "comment", "at")


class AgreedShape(serializers.Serializer[Any]):
    promises = PromiseShape(many=True)
    corrections = CorrectionShape(many=True)
    ratings = RatingShape(many=True)


class AgreedGiven(serializers.Serializer[Any]):
    """Either a new promise (`text`, `due_at`) or the outcome of one (`promise`, `state`)."""

    text = serializers.CharField(max_length=300, required=False)
    due_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    promise = serializers.UUIDField(required=False)
    state = serializers.ChoiceField(("kept", "withdrawn"), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("text" in attrs) == ("promise" in attrs) or ("promise" in attrs) != ("state" in attrs):
            raise serializers.ValidationError("Give `text`, or `promise` and `state`.")
        return attrs


class AgreedView(APIView):
    """Shows the contact's promises, corrections and ratings; POST makes or settles a promise."""

    permission_classes = (IsMember,)

    @extend_schema(responses=AgreedShape)
    def get(self, request: Request, escalation_id: UUID) -> Response:
        return _agreed(escalation_of(request, escalation_id).contact)

    @extend_schema(request=AgreedGiven, responses=AgreedShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        contact = escalation_of(request, escalation_id).contact
        given = AgreedGiven(data=request.data)
        given.is_valid(raise_exception=True)
        _apply(contact, member_of(request), given.validated_data)
        return _agreed(contact)


class ContactDataView(APIView):
    """Exports everything stored about the escalation's contact; DELETE erases it (admins and leads
    only)."""

    permission_classes = (IsMember,)

    @extend_schema(responses=dict)
    def get(self, request: Request, escalation_id: UUID) -> Response:
        contact, member = escalation_of(request, escalation_id).contact, member_of(request)
        _note("export", contact, member, {})
        response = Response(export_contact(contact))
        response["Content-Disposition"] = f'attachment; filename="contact-{contact.pk}.json"'
        return response

    @extend_schema(responses={204: None})
    def delete(self, request: Request, escalation_id: UUID) -> Response:
        contact, member = escalation_of(request, escalation_id).contact, member_of(request)
        if member.role not in (Member.Role.ADMIN, Member.Role.LEAD):
            raise PermissionDenied("Only admins and leads may erase a contact.")
        with transaction.atomic():
            # Sent after the commit: a page that read before it would still see everything.
            escalations_erased(contact)
            _note("erase", contact, member, erase_contact(contact))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _apply(contact: Contact, member: Member, given: dict[str, Any]) -> None:
    now = timezone.now()
    if "text" in given:
        make_promise(
            contact=contact, member=member, text=given["text"], due_at=given["due_at"], now=now
        )
        return
    if not contact.promises.filter(pk=given["promise"]).exists():
        raise Http404
    settle_promise(
        promise_id=given["promise"],
        workspace_id=contact.workspace_id,
        state=given["state"],
        now=now,
    )


def _agreed(contact: Contact) -> Response:
    ratings = Rating.objects.filter(conversation__contact=contact).order_by("-at")
    return Response(
        AgreedShape(
            {
                "promises": promises_to(contact.pk, now=timezone.now()),
                "corrections": contact.corrections.order_by("-at"),
                "ratings": ratings,
            }
        ).data
    )


def _note(kind: str, contact: Contact, member: Member, rows: dict[str, int]) -> None:
    append_entry(
        workspace_id=member.workspace_id,
        kind=kind,
        actor=member,
        subject=f"contact:{contact.pk}",
        body={"rows": sum(rows.values())},
        at=timezone.now(),
    )

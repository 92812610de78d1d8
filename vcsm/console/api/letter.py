"""The draft in a language model's words: POST asks for it, GET looks whether it is written."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.audit.look import note_look
from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.console.api.around import SentenceShape
from vcsm.console.screen.letter import NoSuchLetter, begin_letter, look_for_letter


class LetterShape(serializers.Serializer[Any]):
    draft = SentenceShape(many=True, help_text="Empty: there is none, and `why` says why.")
    removed = serializers.IntegerField()
    why = serializers.CharField(allow_blank=True)
    ticket = serializers.UUIDField(
        allow_null=True, help_text="It is being written: GET again, with this as `ticket`."
    )


class LetterAsked(serializers.Serializer[Any]):
    ticket = serializers.UUIDField()


class LetterView(APIView):
    """Asks for a draft in which each claim cites a record that supports it."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=LetterShape)
    def post(self, request: Request, escalation_id: UUID) -> Response:
        escalation, member = escalation_of(request, escalation_id), member_of(request)
        now = timezone.now()
        note_look(member=member, subject=f"escalation:{escalation.pk}", part="letter", now=now)
        return Response(LetterShape(begin_letter(escalation, member=member, now=now)).data)

    @extend_schema(parameters=[LetterAsked], responses=LetterShape)
    def get(self, request: Request, escalation_id: UUID) -> Response:
        """Shows what there is of the draft that was asked for; answers at once."""
        escalation, member = escalation_of(request, escalation_id), member_of(request)
        asked = LetterAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        ticket = asked.validated_data["ticket"]
        try:
            letter = look_for_letter(ticket, escalation, member=member, now=timezone.now())
        except NoSuchLetter:
            raise NotFound("There is no such letter any more: ask for it again.") from None
        return Response(LetterShape(letter).data)

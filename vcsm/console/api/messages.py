"""The escalation's conversation: read from a cursor, written by the member who has taken over."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, escalation_of, member_of
from vcsm.console.api.shapes import MessageShape
from vcsm.console.detail import find_speaker
from vcsm.conversations.history import messages_after
from vcsm.conversations.marks import mark_read_by_member
from vcsm.conversations.models import Message
from vcsm.conversations.post import lock_conversation, post_message
from vcsm.escalation.models import Escalation

MAX_TEXT = 20_000


class MessagesAsked(serializers.Serializer[Any]):
    after = serializers.IntegerField(default=0, min_value=0, max_value=2_000_000_000)


class MessageGiven(serializers.Serializer[Any]):
    """A message to the contact; sent twice with the same `client_id`, it is stored once."""

    text = serializers.CharField(max_length=MAX_TEXT)
    client_id = serializers.RegexField(r"^[A-Za-z0-9_.:-]{1,64}$")


class MessagesView(APIView):
    """Lists the messages after a number, oldest first, at most 200; POST sends the contact one."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[OpenApiParameter("after", type=int)], responses=MessageShape(many=True)
    )
    def get(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id, related=["conversation"])
        asked = MessagesAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        if escalation.conversation_id is None:
            return Response([])
        found = messages_after(
            conversation_id=escalation.conversation_id, seq=asked.validated_data["after"]
        )
        if found and escalation.conversation is not None:
            mark_read_by_member(escalation.conversation, found[-1].seq)
        return Response(MessageShape(found, many=True).data)

    @extend_schema(request=MessageGiven, responses={201: MessageShape})
    def post(self, request: Request, escalation_id: UUID) -> Response:
        escalation = escalation_of(request, escalation_id, related=["conversation"])
        given = MessageGiven(data=request.data)
        given.is_valid(raise_exception=True)
        message = say(escalation, member_of(request), **given.validated_data)
        return Response(MessageShape(message).data, status=status.HTTP_201_CREATED)


def say(escalation: Escalation, member: Member, *, text: str, client_id: str) -> Message:
    """Posts a message as the member. Raises PermissionDenied unless the member has taken over, and
    Http404 when there is no conversation."""
    conversation = escalation.conversation
    if conversation is None:
        raise Http404
    with transaction.atomic():
        # Locked first, so that a hand-back cannot end the take-over between check and post.
        lock_conversation(conversation)
        speaker = find_speaker(escalation)
        if speaker is None or speaker.member_id != member.pk:
            raise PermissionDenied("Take the conversation over before you write in it.")
        return post_message(
            conversation=conversation,
            author=Message.Author.MEMBER,
            text=text,
            now=timezone.now(),
            member=member,
            client_id=f"member:{member.pk}:{client_id}"[:64],
        )

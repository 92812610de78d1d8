import uuid

from django.db import models

from vcsm.accounts.models import Browser, Contact, Member, Workspace
from vcsm.events.models import Session


class Conversation(models.Model):
    """All that was said between one contact and us in one browser; `seq` numbers its messages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="conversations")
    browser = models.ForeignKey(Browser, models.CASCADE, related_name="conversations")
    last_seq = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["browser", "contact"], name="conversation_once")
        ]


class Message(models.Model):
    class Author(models.TextChoices):
        CONTACT = "contact"
        ASSISTANT = "assistant"
        MEMBER = "member"
        NOTICE = "notice"
        """What happened rather than what somebody said: a member joined, help is on its way."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    seq = models.IntegerField()
    client_id = models.CharField(max_length=64, null=True, blank=True)
    author = models.CharField(max_length=10, choices=Author)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    text = models.TextField()
    source = models.JSONField(null=True, blank=True)
    """`{"title", "heading", "url"}` of the article an answer stands on."""
    sent_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    """Set on a contact's message once the assistant, or a member who speaks, has dealt with it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_order"),
            models.UniqueConstraint(
                fields=["conversation", "client_id"],
                condition=models.Q(client_id__isnull=False),
                name="message_once",
            ),
        ]


class Takeover(models.Model):
    """A member speaks; while `ended_at` is empty the assistant is silent."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="takeovers")
    member = models.ForeignKey(Member, models.CASCADE)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(ended_at__isnull=True),
                name="one_speaker",
            )
        ]


class Nudge(models.Model):
    """Help put in front of a contact unasked."""

    class State(models.TextChoices):
        OFFERED = "offered"
        SHOWN = "shown"
        ACCEPTED = "accepted"
        DISMISSED = "dismissed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="nudges")
    session = models.ForeignKey(Session, models.CASCADE, related_name="nudges")
    cause = models.CharField(max_length=200)
    """What it is about (`page element`), so that the same struggle is offered help once."""
    page = models.CharField(max_length=512, blank=True)
    element = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    source = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "cause"], name="nudge_once_per_cause")
        ]

import uuid

from django.db import models

from vcsm.accounts.models import Browser, Contact, Member, Workspace
from vcsm.events.models import Session


class Conversation(models.Model):
    """All that one contact and we have said in one browser; `seq` numbers the messages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="conversations")
    browser = models.ForeignKey(Browser, models.CASCADE, related_name="conversations")
    last_seq = models.IntegerField(default=0)
    epoch = models.PositiveIntegerField(default=1)
    """Raised when the numbering cannot go on (`history.start_epoch`)."""
    contact_read = models.IntegerField(default=0)
    """`seq` of the last message that the contact has seen."""
    members_read = models.IntegerField(default=0)
    """`seq` of the last message that a member has seen."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["browser", "contact"], name="conversation_once")
        ]

    @property
    def numbering(self) -> str:
        """Names the conversation and its epoch on the wire: if it is equal, `seq` goes on."""
        return f"{self.pk.hex[:12]}.{self.epoch}"


class Message(models.Model):
    """One entry of a conversation, whoever wrote it."""

    class Author(models.TextChoices):
        CONTACT = "contact"
        ASSISTANT = "assistant"
        MEMBER = "member"
        NOTICE = "notice"
        """Something that happened, not something said: a member joined, help is on its way."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    seq = models.IntegerField()
    client_id = models.CharField(max_length=64, null=True, blank=True)
    author = models.CharField(max_length=10, choices=Author)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    text = models.TextField(blank=True)
    notice = models.CharField(max_length=20, blank=True)
    """Names one of our own sentences, for panels in other languages: joined, left, not_known,
    called:<until> or expected:<until>, in Unix seconds (0: that time has passed)."""
    source = models.JSONField(null=True, blank=True)
    """`{"title", "heading", "url"}` of the article that an answer is based on."""
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


class Attachment(models.Model):
    """A contact's file, checked by content; it has no message until it is sent with one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="attachments")
    browser = models.ForeignKey(Browser, models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    """The media type that its content shows, whatever its name says."""
    size = models.IntegerField()
    data = models.BinaryField()
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["browser", "uploaded_at"])]


class Rating(models.Model):
    """How a contact rated the help that a person gave them."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="ratings")
    subject = models.CharField(max_length=120)
    """What it is about, such as `escalation:<id>`."""
    score = models.PositiveSmallIntegerField()
    """1 (bad) to 5 (very good)."""
    comment = models.CharField(max_length=2_000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "subject"], name="rated_once")
        ]


class Takeover(models.Model):
    """A member speaks in a conversation; while `ended_at` is empty, the assistant is silent."""

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
    """Help put before a contact unasked."""

    class State(models.TextChoices):
        OFFERED = "offered"
        SHOWN = "shown"
        ACCEPTED = "accepted"
        DISMISSED = "dismissed"
        WITHHELD = "withheld"
        """Withheld by the draw: the outcome without nudges shows what they do (`nudge_effect`)."""
        QUIET = "quiet"
        """Not shown, because the contact has dismissed one lately."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="nudges")
    session = models.ForeignKey(Session, models.CASCADE, related_name="nudges")
    cause = models.CharField(max_length=200)
    """What it is about (`element@page`, or `notices.cause_of_notice`): once per session."""
    page = models.CharField(max_length=512, blank=True)
    element = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    source = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    withhold_chance = models.FloatField(default=0)
    """Probability with which the draw would have withheld it; 0 if nothing was drawn."""
    draw = models.FloatField(null=True, blank=True)
    """The number in [0, 1) that was drawn: withheld if it lies below the chance."""
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "cause"], name="nudge_once_per_cause")
        ]


class NudgeSettings(models.Model):
    """How a workspace wants its nudges; one without a row has the defaults written here."""

    workspace = models.OneToOneField(Workspace, models.CASCADE)
    withhold = models.FloatField(default=0.1)
    """Share of nudges that are not shown, so that their effect can be measured."""
    quiet_minutes = models.PositiveIntegerField(default=240)
    """For how long a contact who has dismissed a nudge sees no other."""
    seed = models.CharField(max_length=64, blank=True)
    """Seed of the draws, with which anybody can repeat them. A new one begins a new series."""

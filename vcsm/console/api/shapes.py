"""The JSON that the API sends about escalations and the people in them."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from vcsm.accounts.models import Account, Contact, Member
from vcsm.conversations.broadcast import file_of
from vcsm.conversations.models import Message, Nudge
from vcsm.escalation.assign import URGENT
from vcsm.escalation.models import Decision, Escalation, Note, Snooze, Verdict
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent


class MemberShape(serializers.ModelSerializer[Member]):
    class Meta:
        model = Member
        fields = ("id", "name", "role")


class AccountShape(serializers.ModelSerializer[Account]):
    owner = serializers.CharField(source="owner.name", default=None, allow_null=True)

    class Meta:
        model = Account
        fields = ("id", "name", "plan", "annual_revenue", "renews_on", "owner")


class ContactShape(serializers.ModelSerializer[Contact]):
    name = serializers.CharField(source="__str__")
    identified = serializers.SerializerMethodField()

    class Meta:
        model = Contact
        fields = ("id", "name", "email", "identified")

    def get_identified(self, contact: Contact) -> bool:
        return contact.external_id is not None


class IntentShape(serializers.ModelSerializer[CapturedIntent]):
    """What the contact wants, in their words, and what else they may have meant."""

    title = serializers.CharField(source="intent.title", default="", allow_blank=True)
    alternatives = serializers.JSONField()

    class Meta:
        model = CapturedIntent
        fields = ("text", "source", "outcome", "title", "probability", "alternatives", "at")


class TrackShape(serializers.Serializer[object]):
    """How many (`right`) of the latest `of` verdicts on escalations of this kind were no false
    alarm."""

    right = serializers.IntegerField()
    of = serializers.IntegerField()


class EscalationShape(serializers.ModelSerializer[Escalation]):
    """One row of the queue."""

    contact = ContactShape()
    account = AccountShape(allow_null=True)
    owner = MemberShape(allow_null=True)
    intent = serializers.CharField(source="intent.intent.title", default="", allow_blank=True)
    asked = serializers.CharField(source="intent.text", default="", allow_blank=True)
    worth = serializers.JSONField()
    track = serializers.SerializerMethodField()
    merged_into = serializers.SerializerMethodField()
    always_human = serializers.SerializerMethodField()

    class Meta:
        model = Escalation
        fields = (
            "id",
            "state",
            "summary",
            "reason",
            "score",
            "worth",
            "verdict_asked",
            "kind",
            "track",
            "snoozed_until",
            "merged_into",
            "always_human",
            "page",
            "element",
            "element_name",
            "intent",
            "asked",
            "contact",
            "account",
            "owner",
            "conversation",
            "opened_at",
            "updated_at",
            "due_at",
            "taken_at",
            "resolved_at",
        )

    @extend_schema_field(TrackShape(allow_null=True))
    def get_track(self, escalation: Escalation) -> Any:
        """Returns the track record of its kind; None outside lists and without any verdict."""
        track = getattr(escalation, "track", None)
        return TrackShape(track).data if track else None

    def get_merged_into(self, escalation: Escalation) -> UUID | None:
        """Returns the escalation it is merged into, or None; lists leave out merged ones."""
        return getattr(escalation, "merged_into", None)

    def get_always_human(self, escalation: Escalation) -> bool:
        """Tells whether the contact asked for a person or the matter always needs one."""
        return escalation.reason in URGENT


class SignalShape(serializers.ModelSerializer[FrictionSignal]):
    retracted = serializers.SerializerMethodField()

    class Meta:
        model = FrictionSignal
        fields = (
            "id",
            "key",
            "kind",
            "page",
            "element",
            "element_name",
            "severity",
            "count",
            "started_at",
            "last_at",
            "retracted",
        )

    def get_retracted(self, signal: FrictionSignal) -> bool:
        return signal.retracted_at is not None


class StrugglePartShape(serializers.Serializer[object]):
    key = serializers.CharField()
    contribution = serializers.FloatField()


class StruggleShape(serializers.Serializer[object]):
    """The session's struggle, from 0 to 1, and what each signal contributes to it."""

    score = serializers.FloatField()
    load = serializers.FloatField()
    expected = serializers.FloatField()
    parts = StrugglePartShape(many=True)


class DecisionShape(serializers.ModelSerializer[Decision]):
    numbers = serializers.JSONField()
    unseen = serializers.JSONField()

    class Meta:
        model = Decision
        fields = ("id", "at", "action", "reason", "rule", "score", "numbers", "unseen")


class NudgeShape(serializers.ModelSerializer[Nudge]):
    source = serializers.JSONField(allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Nudge
        fields = ("id", "title", "text", "source", "state", "page", "offered_at", "answered_at")


class VerdictShape(serializers.ModelSerializer[Verdict]):
    by = serializers.CharField(source="member.name")

    class Meta:
        model = Verdict
        fields = ("done", "worked", "false_alarm", "reason", "note", "by", "at")


class SnoozeShape(serializers.ModelSerializer[Snooze]):
    by = serializers.CharField(source="member.name")

    class Meta:
        model = Snooze
        fields = ("reason", "until", "by", "at")


class FactShape(serializers.Serializer[object]):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    as_of = serializers.DateTimeField(allow_null=True)


class NoteShape(serializers.ModelSerializer[Note]):
    by = serializers.CharField(source="member.name", default="")

    class Meta:
        model = Note
        fields = ("id", "text", "by", "at")


class MergedShape(serializers.ModelSerializer[Escalation]):
    contact = serializers.CharField()

    class Meta:
        model = Escalation
        fields = ("id", "contact", "summary", "state", "conversation", "updated_at")


class DetailShape(serializers.Serializer[object]):
    """All that an escalation's screen shows at once."""

    escalation = EscalationShape()
    intents = IntentShape(many=True)
    rule = serializers.CharField(allow_blank=True)
    facts = FactShape(many=True)
    signals = SignalShape(many=True)
    struggle = StruggleShape()
    decisions = DecisionShape(many=True)
    unseen = serializers.ListField(child=serializers.CharField())
    nudges = NudgeShape(many=True)
    speaker = MemberShape(source="speaker.member", default=None, allow_null=True)
    verdict = VerdictShape(allow_null=True)
    track = TrackShape()
    snooze = SnoozeShape(allow_null=True)
    notes = NoteShape(many=True)
    merged = MergedShape(many=True)


class MessageShape(serializers.ModelSerializer[Message]):
    name = serializers.CharField(source="member.name", default="", allow_blank=True)
    at = serializers.DateTimeField(source="sent_at")
    source = serializers.JSONField(allow_null=True)  # type: ignore[assignment]
    files = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = ("seq", "author", "name", "text", "at", "source", "client_id", "files")

    def get_files(self, message: Message) -> list[dict[str, Any]]:
        return [file_of(attachment) for attachment in message.attachments.all()]


class LineShape(serializers.Serializer[object]):
    """One line of the timeline; `facts` holds what only its kind has.

    Rank and key identify the line: read again later, it may have moved and say more.
    """

    at = serializers.DateTimeField()
    rank = serializers.IntegerField()
    key = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    page = serializers.CharField(allow_blank=True)
    tone = serializers.CharField()
    facts = serializers.DictField()


class TimelineShape(serializers.Serializer[object]):
    lines = LineShape(many=True)
    older = serializers.CharField(allow_null=True)

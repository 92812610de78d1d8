"""The JSON that the API sends about accounts."""

from typing import Any

from rest_framework import serializers

from vcsm.console.api.shapes import (
    ContactShape,
    FactShape,
    MemberShape,
    SignalShape,
)
from vcsm.escalation.models import Escalation
from vcsm.success.models import PlanStep, Promise


class PartShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    value = serializers.FloatField(allow_null=True, help_text="0 to 1; null: nothing is known")
    weight = serializers.FloatField()
    says = serializers.CharField()


class HealthShape(serializers.Serializer[Any]):
    score = serializers.IntegerField(allow_null=True, help_text="0 to 100")
    word = serializers.CharField()
    parts = PartShape(many=True)


class AccountLineShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="account.id")
    external_id = serializers.CharField(source="account.external_id")
    name = serializers.CharField(source="account.name")
    plan = serializers.CharField(source="account.plan", allow_blank=True)
    annual_revenue = serializers.DecimalField(
        source="account.annual_revenue", max_digits=14, decimal_places=2, allow_null=True
    )
    renews_on = serializers.DateField(source="account.renews_on", allow_null=True)
    owner = MemberShape(source="account.owner", allow_null=True)
    health = HealthShape()
    trend = serializers.CharField()
    open_escalations = serializers.IntegerField()
    contacts = serializers.IntegerField()


class AccountListShape(serializers.Serializer[Any]):
    lines = AccountLineShape(many=True)
    found = serializers.IntegerField()
    total = serializers.IntegerField()
    owners = MemberShape(many=True)
    plans = serializers.ListField(child=serializers.CharField())


class PersonShape(serializers.Serializer[Any]):
    contact = ContactShape()
    seen_at = serializers.DateTimeField(allow_null=True)
    sessions = serializers.IntegerField()
    escalations = serializers.IntegerField()
    wrote = serializers.IntegerField()
    steps_done = serializers.IntegerField()
    stakes = serializers.CharField(allow_blank=True)


class HealthPointShape(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    score = serializers.IntegerField(allow_null=True)


class GoalShape(serializers.Serializer[Any]):
    contact = ContactShape()
    title = serializers.CharField(source="goal.title")
    share = serializers.FloatField(source="goal.share")
    at = serializers.SerializerMethodField()

    def get_at(self, one: Any) -> str:
        moment: str = one.goal.evidence[0].at.isoformat()
        return moment


class WantShape(serializers.Serializer[Any]):
    contact = ContactShape()
    text = serializers.CharField(allow_blank=True)
    title = serializers.CharField(source="intent.title", default="", allow_blank=True)
    source = serializers.CharField()  # type: ignore[assignment]
    outcome = serializers.CharField()
    at = serializers.DateTimeField()


class ContactSignalShape(SignalShape):
    contact = ContactShape()

    class Meta(SignalShape.Meta):
        fields = (*SignalShape.Meta.fields, "contact")  # type: ignore[assignment]


class CallShape(serializers.ModelSerializer[Escalation]):
    contact = ContactShape()
    owner = MemberShape(allow_null=True)

    class Meta:
        model = Escalation
        fields = (
            "id",
            "state",
            "summary",
            "reason",
            "score",
            "contact",
            "owner",
            "conversation",
            "opened_at",
            "due_at",
            "resolved_at",
        )


class TalkShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    contact = ContactShape()
    messages = serializers.IntegerField(source="last_seq")
    said_at = serializers.DateTimeField()
    latest = serializers.SerializerMethodField()
    escalation = serializers.SerializerMethodField()

    def get_latest(self, talk: Any) -> str:
        return str(self.context["latest"].get(talk.pk, ""))

    def get_escalation(self, talk: Any) -> str | None:
        found = self.context["escalations"].get(talk.pk)
        return str(found) if found else None


class ProblemLineShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.CharField()
    page = serializers.CharField(allow_blank=True)
    began_at = serializers.DateTimeField()


class PromiseShape(serializers.ModelSerializer[Promise]):
    contact = ContactShape()
    member = serializers.CharField(source="member.name", default="", allow_blank=True)

    class Meta:
        model = Promise
        fields = ("id", "text", "state", "due_at", "made_at", "settled_at", "contact", "member")


class PlanStepShape(serializers.ModelSerializer[PlanStep]):
    class Meta:
        model = PlanStep
        fields = ("id", "title", "whose", "due_on", "done_at", "done_by")


class PlanShape(serializers.Serializer[Any]):
    goal = serializers.CharField()
    updated_at = serializers.DateTimeField()
    steps = PlanStepShape(many=True, source="steps.all")


class RatingShape(serializers.Serializer[Any]):
    contact = ContactShape(source="conversation.contact")
    score = serializers.IntegerField()
    comment = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class FirstStepShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()


class AccountRecordShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    external_id = serializers.CharField()
    name = serializers.CharField()
    plan = serializers.CharField(allow_blank=True)
    annual_revenue = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    renews_on = serializers.DateField(allow_null=True)
    owner = MemberShape(allow_null=True)


class AccountPageShape(serializers.Serializer[Any]):
    account = AccountRecordShape()
    health = HealthShape()
    trend = serializers.CharField()
    history = serializers.SerializerMethodField()
    facts = FactShape(many=True)
    people = PersonShape(many=True)
    steps = FirstStepShape(many=True)
    goals = GoalShape(many=True)
    wants = WantShape(many=True)
    friction = ContactSignalShape(many=True)
    problems = ProblemLineShape(many=True)
    conversations = TalkShape(many=True)
    escalations = CallShape(many=True)
    promises = PromiseShape(many=True)
    plan = PlanShape(allow_null=True)
    ratings = RatingShape(many=True)

    def get_history(self, page: Any) -> Any:
        points = [{"at": at, "score": health.score} for at, health in page.history]
        return HealthPointShape(points, many=True).data

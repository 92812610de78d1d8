"""The JSON that the API sends about guardrails."""

from typing import Any

from rest_framework import serializers

from vcsm.console.api.shapes import ContactShape, MemberShape
from vcsm.governance.acts import is_waiting
from vcsm.governance.models import Act, Agent, Approval, GuardrailList, Stop


class StopShape(serializers.ModelSerializer[Stop]):
    by = MemberShape(allow_null=True)

    class Meta:
        model = Stop
        fields = ("what", "by", "at", "why")


class ApprovalShape(serializers.ModelSerializer[Approval]):
    by = MemberShape(allow_null=True)

    class Meta:
        model = Approval
        fields = ("use_case", "level", "by", "at", "why")


class AgentShape(serializers.ModelSerializer[Agent]):
    class Meta:
        model = Agent
        fields = ("key", "name", "use_cases", "at")


class BarShape(serializers.Serializer[Any]):
    what = serializers.CharField()
    bound = serializers.FloatField()
    needed = serializers.FloatField()
    seen = serializers.IntegerField()
    missing = serializers.IntegerField()
    passed = serializers.BooleanField()


class PromotionShape(serializers.Serializer[Any]):
    to = serializers.CharField()
    ready = serializers.BooleanField()
    bars = BarShape(many=True)


class RiskShape(serializers.Serializer[Any]):
    reversible = serializers.CharField()
    audience = serializers.CharField()
    money = serializers.CharField()
    customer_data = serializers.CharField(source="data")


class CountedShape(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    held = serializers.IntegerField()
    taken_back = serializers.IntegerField()
    waiting = serializers.IntegerField()


class EvidenceShape(serializers.Serializer[Any]):
    judged = serializers.IntegerField()
    as_written = serializers.IntegerField()
    done = serializers.IntegerField()
    taken_back = serializers.IntegerField()


class UseCaseShape(serializers.Serializer[Any]):
    key = serializers.CharField(source="use_case.key")
    title = serializers.CharField(source="use_case.title")
    words = serializers.CharField(source="use_case.words")
    effects = serializers.ListField(child=serializers.CharField(), source="use_case.effects")
    interrupts = serializers.BooleanField(source="use_case.interrupts")
    rungs = serializers.ListField(child=serializers.CharField(), source="use_case.rungs")
    tier = serializers.CharField(source="use_case.tier")
    cap = serializers.CharField(source="use_case.cap")
    risk = RiskShape(source="use_case.risk")
    approved = serializers.CharField()
    level = serializers.CharField()
    at_most = serializers.CharField()
    stop = StopShape(allow_null=True)
    changed = ApprovalShape(allow_null=True)
    evidence = EvidenceShape()
    promotion = PromotionShape(allow_null=True)
    counted = CountedShape()


class OverviewShape(serializers.Serializer[Any]):
    use_cases = UseCaseShape(many=True)
    stopped = StopShape(allow_null=True)
    assistant_stopped = StopShape(allow_null=True)
    agents = AgentShape(many=True)
    stops = StopShape(many=True)
    may_change = serializers.BooleanField()
    history = ApprovalShape(many=True)


class ActShape(serializers.ModelSerializer[Act]):
    contact = ContactShape(allow_null=True)
    judged_by = MemberShape(allow_null=True)
    taken_back_by = MemberShape(allow_null=True)
    waiting = serializers.SerializerMethodField()

    class Meta:
        model = Act
        fields = (
            *("id", "use_case", "agent", "contact", "at", "outcome", "level", "rule", "subject"),
            *("body", "drawn", "judgement", "judged_by", "judged_at"),
            *("taken_back_by", "taken_back_at", "taken_back_why", "waiting"),
        )

    def get_waiting(self, act: Act) -> bool:
        """Tells whether a member can still approve the act."""
        return is_waiting(act, self.context["now"])


class ContactBudgetShape(serializers.Serializer[Any]):
    interruptions_a_day = serializers.IntegerField()
    interruptions_a_week = serializers.IntegerField()


class CanShape(serializers.Serializer[Any]):
    use_case = serializers.CharField()
    at_most = serializers.CharField()
    words = serializers.CharField()


class CannotShape(serializers.Serializer[Any]):
    effect = serializers.CharField()
    words = serializers.CharField()


class CheckShape(serializers.Serializer[Any]):
    use_case = serializers.CharField()
    approved = serializers.CharField()
    expect = serializers.CharField()
    effects = serializers.ListField(child=serializers.CharField())
    interruptions_today = serializers.IntegerField()
    interruptions_this_week = serializers.IntegerField()


class RefusedShape(serializers.ModelSerializer[GuardrailList]):
    by = MemberShape(allow_null=True)

    class Meta:
        model = GuardrailList
        fields = ("by", "at", "error", "text")


class ListShape(serializers.Serializer[Any]):
    """The can/can't list; `by` and `at` are null while the list that VCSM ships is in force."""

    text = serializers.CharField()
    by = MemberShape(source="row.by", default=None, allow_null=True)
    at = serializers.DateTimeField(source="row.at", default=None, allow_null=True)
    refused = RefusedShape(allow_null=True)
    contact = ContactBudgetShape(source="guardrails.contact")
    can = CanShape(source="guardrails.can", many=True)
    cannot = CannotShape(source="guardrails.cannot", many=True)
    check = CheckShape(source="guardrails.check", many=True)
    effects = serializers.DictField(child=serializers.CharField())
    may_change = serializers.BooleanField()

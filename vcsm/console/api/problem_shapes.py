"""The JSON that the API sends about problems."""

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from vcsm.escalation.models import Escalation
from vcsm.problems.cost import Cost
from vcsm.problems.evidence import share_since
from vcsm.problems.models import Problem, ProblemPlace, ProblemStep
from vcsm.problems.recover import PROOF


class CostShape(serializers.Serializer[Any]):
    sessions = serializers.IntegerField()
    contacts = serializers.IntegerField()
    accounts = serializers.IntegerField()
    revenue = serializers.FloatField()


class ProblemShape(serializers.ModelSerializer[Problem]):
    team = serializers.CharField(source="team.name", default="")
    release = serializers.CharField(source="release.name", default="")
    account = serializers.CharField(source="account.name", default="")
    cost = serializers.SerializerMethodField()

    class Meta:
        model = Problem
        fields = (
            "id",
            "state",
            "scope",
            "title",
            "page",
            "account",
            "release",
            "team",
            "began_at",
            "opened_at",
            "due_at",
            "acknowledged_at",
            "claimed_at",
            "verified_at",
            "cost",
        )

    def get_cost(self, problem: Problem) -> dict[str, float]:
        return asdict(self.context["costs"].get(problem.pk, Cost()))


class ProblemPlaceShape(serializers.ModelSerializer[ProblemPlace]):
    kind = serializers.CharField(source="place.kind")
    page = serializers.CharField(source="place.page")
    element = serializers.CharField(source="place.element")
    name = serializers.CharField(source="place.name")
    proof = serializers.SerializerMethodField()
    share = serializers.SerializerMethodField()

    class Meta:
        model = ProblemPlace
        fields = (
            "kind",
            "page",
            "element",
            "name",
            "onset",
            "usual",
            "bad",
            "share",
            "proof",
            "recovered_at",
        )

    def get_share(self, row: ProblemPlace) -> float | None:
        """Returns the share (0 to 1) of sessions hit there since it began; None if none came."""
        return share_since(row, until=self.context["now"])

    def get_proof(self, row: ProblemPlace) -> float:
        """Returns how far the proof of recovery is, from 0 to 1."""
        return round(min(1.0, row.proof / PROOF), 3)


class ProblemStepShape(serializers.ModelSerializer[ProblemStep]):
    member = serializers.CharField(source="member.name", default="")

    class Meta:
        model = ProblemStep
        fields = ("what", "at", "member", "note")


class ProblemTitleShape(serializers.ModelSerializer[Problem]):
    class Meta:
        model = Problem
        fields = ("id", "title")


class WholeProblemShape(ProblemShape):
    merged_into = ProblemTitleShape(allow_null=True)
    parts = ProblemTitleShape(source="merged", many=True)
    """The problems that were merged into it."""
    places = ProblemPlaceShape(many=True)
    steps = ProblemStepShape(many=True)
    attached = serializers.SerializerMethodField()
    calls = serializers.SerializerMethodField()
    best = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField()

    class Meta:
        model = Problem
        fields = (
            *ProblemShape.Meta.fields,
            "merged_into",
            "parts",
            "places",
            "steps",
            "attached",
            "calls",
            "best",
            "said",
        )

    def get_attached(self, problem: Problem) -> list[str]:
        """Returns the ids of the escalations that belong to the problem, erased ones included."""
        rows = problem.attached.order_by("at").values_list("escalation", flat=True)
        return [str(one) for one in rows]

    def get_calls(self, problem: Problem) -> list[dict[str, str]]:
        """Returns the attached escalations that are still stored: contact, summary and state."""
        ids = problem.attached.values("escalation")
        rows = Escalation.objects.filter(pk__in=ids).order_by("opened_at")
        named = rows.values_list("pk", "contact__name", "summary", "state")
        return [
            {"id": str(pk), "contact": contact, "summary": summary, "state": state}
            for pk, contact, summary, state in named
        ]

    def get_best(self, problem: Problem) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.context["best"]]

    def get_said(self, problem: Problem) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.context["said"]]


class TeamShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    pages = serializers.ListField(child=serializers.CharField())
    mine = serializers.BooleanField()
    """Whether the team's e-mail address is the member's own."""
    standing = serializers.IntegerField()
    late = serializers.IntegerField()
    """How many open problems nobody acknowledged in time."""


class ProblemsShape(serializers.Serializer[Any]):
    problems = ProblemShape(many=True)
    revenue_exposed = serializers.FloatField()
    looked_to = serializers.DateTimeField(allow_null=True)
    blind = serializers.JSONField()
    teams = TeamShape(many=True)

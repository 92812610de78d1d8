"""Problems as members see them, and what members may do about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.audit.look import note_look
from vcsm.console.access import IsMember, member_of
from vcsm.console.api.problem_shapes import ProblemShape, ProblemsShape, WholeProblemShape
from vcsm.console.permits import do_as
from vcsm.problems.cost import Cost, costs_of, revenue_exposed
from vcsm.problems.evidence import best_sessions, sentences_said
from vcsm.problems.lifecycle import NotNow, acknowledge, assign, claim_fix
from vcsm.problems.merging import merge, split
from vcsm.problems.models import PageOwner, Place, Problem, Team, WatchState
from vcsm.setup.teams import set_page_owner

SHOWN = 200
STANDING = ("open", "acknowledged", "claimed")
VIEWS = ("standing", "verified", "all")


class Conflict(APIException):
    """409: the act does not fit the problem's present state."""

    status_code = 409
    default_code = "not_now"


class Act(serializers.Serializer[Any]):
    act = serializers.ChoiceField(choices=("acknowledge", "claim", "assign", "merge", "split"))
    note = serializers.CharField(max_length=2_000, allow_blank=True, default="")
    team = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    into = serializers.UUIDField(required=False)


class Owner(serializers.Serializer[Any]):
    pattern = serializers.CharField(max_length=200)
    team = serializers.CharField(max_length=80)
    email = serializers.EmailField(allow_blank=True, default="")
    acknowledge_minutes = serializers.IntegerField(min_value=1, max_value=43_200, default=240)


class ProblemsView(APIView):
    """Lists problems, costliest first: those standing, those verified fixed by the rate, or all."""

    permission_classes = (IsMember,)

    @extend_schema(
        parameters=[OpenApiParameter("view", enum=VIEWS), OpenApiParameter("team", int)],
        responses=ProblemsShape,
    )
    def get(self, request: Request) -> Response:
        now, workspace_id = timezone.now(), member_of(request).workspace_id
        view = request.query_params.get("view", "standing")
        rows = _problems(workspace_id).exclude(state=Problem.State.MERGED)
        team = request.query_params.get("team", "")
        if team:
            rows = rows.filter(team_id=int(team) if team.isdigit() and len(team) < 19 else -1)
        if view != "all":
            states = [Problem.State.VERIFIED] if view == "verified" else STANDING
            rows = rows.filter(state__in=states)
        problems = list(rows.order_by("-opened_at")[:SHOWN])
        costs = costs_of(problems, now=now)
        problems.sort(key=lambda one: -costs.get(one.pk, Cost()).revenue)
        watch = WatchState.objects.filter(pk=workspace_id).first()
        shown = {
            "problems": [ProblemShape(one, context={"costs": costs}).data for one in problems],
            "revenue_exposed": revenue_exposed(problems, now=now),
            # While no visit was ever seen, no run of the detection has looked at anything.
            "looked_to": watch.looked_to if watch and _ever_seen(workspace_id) else None,
            "blind": watch.blind if watch else [],
            "teams": _teams(member_of(request), now),
        }
        return Response(shown)


class ProblemView(APIView):
    """Shows one problem: its places, whom it hits, what they said, and what was done; POST
    acknowledges, claims, assigns, merges or splits it."""

    permission_classes = (IsMember,)

    @extend_schema(responses=WholeProblemShape)
    def get(self, request: Request, problem_id: UUID) -> Response:
        now, problem = timezone.now(), _problem_of(request, problem_id)
        best = best_sessions(problem, now=now)
        member = member_of(request)
        for contact in sorted({one.contact for one in best}):
            note_look(member=member, subject=f"contact:{contact}", part="problem", now=now)
        return Response(_whole(problem, best, now))

    @extend_schema(request=Act, responses=WholeProblemShape)
    def post(self, request: Request, problem_id: UUID) -> Response:
        asked = Act(data=request.data)
        asked.is_valid(raise_exception=True)
        now, problem = timezone.now(), _problem_of(request, problem_id)
        try:
            with transaction.atomic():
                _carry_out(request, problem, asked.validated_data)
        except NotNow as refused:
            raise Conflict(str(refused)) from refused
        problem = _problem_of(request, problem_id)
        return Response(_whole(problem, best_sessions(problem, now=now), now))


class OwnersView(APIView):
    """Shows which team owns which pages, and how soon it has to acknowledge a problem there; POST
    changes one (leads and admins only)."""

    permission_classes = (IsMember,)

    @extend_schema(responses=Owner(many=True))
    def get(self, request: Request) -> Response:
        return Response(_owners(member_of(request).workspace_id))

    @extend_schema(request=Owner, responses=Owner(many=True))
    def post(self, request: Request) -> Response:
        asked = Owner(data=request.data)
        asked.is_valid(raise_exception=True)
        given, now = asked.validated_data, timezone.now()
        do_as(request, lambda by: set_page_owner(by=by, now=now, **given))
        return Response(_owners(member_of(request).workspace_id))


def _ever_seen(workspace_id: int) -> bool:
    return Place.objects.filter(workspace_id=workspace_id).exists()


def _teams(member: Member, now: datetime) -> list[dict[str, Any]]:
    """Returns the teams, each with its pages and how many problems stand and are late."""
    standing = Problem.objects.filter(workspace_id=member.workspace_id, state__in=STANDING)
    late = standing.filter(state=Problem.State.OPEN, due_at__lt=now)
    stand, wait = (
        dict(rows.values_list("team").annotate(number=Count("pk"))) for rows in (standing, late)
    )
    teams = Team.objects.filter(workspace_id=member.workspace_id).prefetch_related("pages")
    return [
        {
            "id": team.pk,
            "name": team.name,
            "pages": sorted(owner.pattern for owner in team.pages.all()),
            "mine": bool(team.email) and team.email.lower() == member.user.email.lower(),
            "standing": stand.get(team.pk, 0),
            "late": wait.get(team.pk, 0),
        }
        for team in teams.order_by("name")
    ]


def _carry_out(request: Request, problem: Problem, asked: dict[str, Any]) -> None:
    member, now = member_of(request), timezone.now()
    match asked["act"]:
        case "acknowledge":
            acknowledge(problem, member=member, now=now)
        case "claim":
            claim_fix(problem, member=member, now=now, note=asked["note"])
        case "assign":
            assign(problem, team_id=asked.get("team", 0), member=member, now=now)
        case "split":
            split(problem, member=member, now=now)
        case _:
            if "into" not in asked:
                raise ValidationError({"into": ["Which problem is it part of?"]})
            try:
                merge(problem, into_id=asked["into"], member=member, now=now)
            except Problem.DoesNotExist:
                raise NotFound from None


def _problems(workspace_id: int):  # type: ignore[no-untyped-def]
    return Problem.objects.filter(workspace_id=workspace_id).select_related(
        "team", "release", "account", "merged_into"
    )


def _problem_of(request: Request, problem_id: UUID) -> Problem:
    found: Problem = get_object_or_404(_problems(member_of(request).workspace_id), pk=problem_id)
    return found


def _whole(problem: Problem, best: list[Any], now: Any) -> dict[str, Any]:
    context = {
        "costs": costs_of([problem], now=now),
        "best": best,
        "said": sentences_said(problem, now=now),
        "now": now,
    }
    return dict(WholeProblemShape(problem, context=context).data)


def _owners(workspace_id: int) -> list[dict[str, Any]]:
    rows = PageOwner.objects.filter(workspace_id=workspace_id).select_related("team")
    return [
        {
            "pattern": row.pattern,
            "team": row.team.name,
            "email": row.team.email,
            "acknowledge_minutes": row.acknowledge_minutes,
        }
        for row in rows.order_by("pattern")
    ]

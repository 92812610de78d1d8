"""Everything about a workspace's governance on one page, for its members."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from vcsm.governance.acts import WAITS
from vcsm.governance.allow import ASSISTANT, WORKSPACE, State, level_in_force
from vcsm.governance.autonomy import Level, lowest
from vcsm.governance.earn import Evidence, Promotion, next_rung
from vcsm.governance.evidence import read_evidence
from vcsm.governance.guardrails import Guardrails
from vcsm.governance.lists import guardrails_in_force
from vcsm.governance.models import Act, Agent, Approval, Stop
from vcsm.governance.use_cases import USE_CASES, UseCase

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counted:
    """Acts of the last seven days."""

    done: int = 0
    held: int = 0
    taken_back: int = 0
    waiting: int = 0
    """Proposals that now wait for a member."""


@dataclass(frozen=True, slots=True)
class UseCaseLine:
    use_case: UseCase
    approved: Level
    level: Level
    """The level in force: the lowest of approved, listed and capped."""
    at_most: Level
    """What the list and the risk allow."""
    stop: Stop | None
    changed: Approval | None
    evidence: Evidence
    promotion: Promotion | None
    counted: Counted


@dataclass(frozen=True, slots=True)
class Overview:
    use_cases: tuple[UseCaseLine, ...]
    stops: tuple[Stop, ...]
    agents: tuple[Agent, ...]

    @property
    def stopped(self) -> Stop | None:
        """The kill switch for everything, if it is pulled."""
        return next((stop for stop in self.stops if stop.what == WORKSPACE), None)

    @property
    def assistant_stopped(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.what == f"agent:{ASSISTANT}"), None)


def read_overview(*, workspace_id: int, now: datetime) -> Overview:
    """Reads the page in a dozen queries, whatever has happened."""
    stops = tuple(
        Stop.objects.filter(workspace_id=workspace_id, lifted_at=None)
        .select_related("by")
        .order_by("at")
    )
    guardrails = guardrails_in_force(workspace_id)
    latest = _latest(workspace_id)
    counted = _counted(workspace_id, now)
    return Overview(
        use_cases=tuple(
            _line(one, latest.get(one.key), guardrails, stops, counted, now) for one in USE_CASES
        ),
        stops=stops,
        agents=tuple(Agent.objects.filter(workspace_id=workspace_id, retired_at=None)),
    )


def read_history(*, workspace_id: int, limit: int = 50) -> list[Approval]:
    """Returns who set which use case to which level, newest first."""
    rows = Approval.objects.filter(workspace_id=workspace_id).select_related("by")
    return list(rows.order_by("-pk")[:limit])


def _line(
    one: UseCase,
    changed: Approval | None,
    guardrails: Guardrails,
    stops: tuple[Stop, ...],
    counted: dict[str, Counted],
    now: datetime,
) -> UseCaseLine:
    approved: Level = changed.level if changed else "off"  # type: ignore[assignment]
    at_most = lowest(one.cap, guardrails.at_most(one.key))
    evidence = Evidence()
    if changed and approved != "off":
        evidence = read_evidence(workspace_id=changed.workspace_id, use_case=one.key, now=now)
    return UseCaseLine(
        use_case=one,
        approved=approved,
        level=level_in_force(one.key, guardrails, State(approved={one.key: approved})),
        at_most=at_most,
        stop=next((stop for stop in stops if stop.what == f"use_case:{one.key}"), None),
        changed=changed,
        evidence=evidence,
        promotion=next_rung(approved, evidence, rungs=one.rungs, cap=at_most),
        counted=counted.get(one.key, Counted()),
    )


def _latest(workspace_id: int) -> dict[str, Approval]:
    rows = (
        Approval.objects.filter(workspace_id=workspace_id)
        .select_related("by")
        .order_by("use_case", "-pk")
        .distinct("use_case")
    )
    return {row.use_case: row for row in rows}


def _counted(workspace_id: int, now: datetime) -> dict[str, Counted]:
    proposed = Q(outcome=Act.Outcome.PROPOSED, judgement="", at__gt=now - WAITS)
    rows = (
        Act.objects.filter(workspace_id=workspace_id, at__gt=now - LATELY)
        .values("use_case")
        .annotate(
            done=Count("pk", filter=Q(outcome=Act.Outcome.DONE)),
            held=Count("pk", filter=~Q(outcome=Act.Outcome.DONE)),
            taken_back=Count("pk", filter=Q(taken_back_at__isnull=False)),
            waiting=Count("pk", filter=proposed),
        )
        .order_by()
    )
    return {
        row["use_case"]: Counted(row["done"], row["held"], row["taken_back"], row["waiting"])
        for row in rows
    }

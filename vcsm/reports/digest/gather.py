"""What a digest reports: a week's friction against the week before, and the problems."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from vcsm.accounts.models import Workspace
from vcsm.problems.cost import Cost, costs_of
from vcsm.problems.models import Problem, Team
from vcsm.reports.asked import Asked
from vcsm.reports.friction import FrictionReport, friction_report

WEEK = timedelta(days=7)
MOST_LINES = 8
MOST_PROBLEMS = 8


@dataclass(frozen=True, slots=True)
class ProblemLine:
    id: UUID
    title: str
    state: str
    page: str
    team: str
    release: str
    due_at: datetime | None
    verified_at: datetime | None
    cost: Cost
    own: bool
    """Whether it belongs to a team that this digest is addressed to."""


@dataclass(frozen=True, slots=True)
class Digest:
    workspace: str
    slug: str
    currency: str
    until: datetime
    week: FrictionReport
    before: FrictionReport
    problems: tuple[ProblemLine, ...]
    """Standing problems first, the reader's own teams' before others, costliest first; then those
    verified in the week."""
    address: str
    """The console's address without a slash at its end; empty when unknown, and no link is made."""

    @property
    def since(self) -> datetime:
        return self.week.since


def gather_digest(workspace: Workspace, *, until: datetime, to: str, address: str) -> Digest:
    """Gathers the week that ends at `until` for the address `to`.

    Problems of the teams that have this e-mail address count as the reader's own.
    """
    asked = Asked(workspace.pk, until - WEEK, until)
    earlier = Asked(workspace.pk, until - 2 * WEEK, until - WEEK)
    return Digest(
        workspace=workspace.name,
        slug=workspace.slug,
        currency=workspace.currency,
        until=until,
        week=friction_report(asked, now=until),
        before=friction_report(earlier, now=until),
        problems=tuple(_problems(workspace, until, to)),
        address=address.rstrip("/"),
    )


def _problems(workspace: Workspace, until: datetime, to: str) -> list[ProblemLine]:
    own = set(Team.objects.filter(workspace=workspace, email=to).values_list("pk", flat=True))
    rows = list(
        Problem.objects.filter(workspace=workspace, opened_at__lt=until)
        .exclude(state=Problem.State.MERGED)
        .exclude(verified_at__lt=until - WEEK)
        .select_related("team", "release")
    )
    costs = costs_of(rows, now=until)
    lines = [
        ProblemLine(
            id=row.pk,
            title=row.title,
            state=row.state,
            page=row.page,
            team=row.team.name if row.team else "",
            release=row.release.name if row.release else "",
            due_at=row.due_at if row.acknowledged_at is None else None,
            verified_at=row.verified_at,
            cost=costs.get(row.pk, Cost()),
            own=row.team_id in own,
        )
        for row in rows
    ]
    lines.sort(key=lambda one: (one.verified_at is not None, not one.own, -one.cost.revenue))
    return lines[:MOST_PROBLEMS]

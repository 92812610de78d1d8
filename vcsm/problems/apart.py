"""Sets apart places that the fleet-wide problem took in but that have a cause of their own."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from vcsm.problems import watch_data
from vcsm.problems.lifecycle import join_problem, open_problem
from vcsm.problems.merging import restore
from vcsm.problems.models import Problem, ProblemPlace
from vcsm.problems.scope import everywhere_lift, stands_out, tell_scope


@dataclass(frozen=True, slots=True)
class _Part:
    """A place that the fleet-wide problem took in, and what has happened there since it began."""

    row: ProblemPlace
    sessions: int
    """Number of sessions that were hit."""
    accounts: list[int | None]
    """The account of each hit; at a page, one session may have several."""
    usual: float
    """Hits that as many visits make on a usual day."""

    @property
    def page(self) -> str:
        return self.row.place.page


def set_apart(fleet: Problem, *, step: int) -> None:
    """Sets apart each place that is surely far worse than the fleet, now that more were hit.

    It becomes a problem again, the one it was before or a new one, with its page's other places.
    """
    until = watch_data.moment_of(step)
    rows = fleet.places.select_related("place").filter(recovered_at=None).order_by("pk")
    parts = [_count(fleet, row, until) for row in rows]
    of_pages = [(one.sessions, one.usual) for one in parts if not one.row.place.kind]
    hits, usual = np.array(of_pages, dtype=np.float64).reshape(-1, 2).T
    everywhere = everywhere_lift(hits, usual)
    apart = [one for one in parts if stands_out(one.sessions, one.usual, everywhere=everywhere)]
    # An element tells more than the page it stands on, and the first noticed more than the rest.
    apart.sort(key=lambda one: not one.row.place.element)
    for page in dict.fromkeys(one.page for one in apart):
        part = next(one for one in apart if one.page == page)
        problem = _problem_of(fleet, part, everywhere, until)
        for one in parts:
            if one.page == page:
                _move(one.row, fleet, problem)


def _count(fleet: Problem, row: ProblemPlace, until: datetime) -> _Part:
    sessions, accounts = watch_data.read_struck(fleet.workspace_id, row.place_id, row.onset, until)
    seen = watch_data.count_seen(row.place_id, row.onset, until)
    return _Part(row, len(sessions), accounts, seen * row.usual)


def _problem_of(fleet: Problem, part: _Part, everywhere: float, until: datetime) -> Problem:
    before = fleet.merged.filter(page=part.page).order_by("opened_at").first()
    if before is not None:
        restore(before, at=until)
        return before
    scope, account = tell_scope(
        part.accounts,
        usual=part.usual * everywhere,
        shares=watch_data.read_shares(fleet.workspace_id, part.row.onset),
    )
    return open_problem(
        workspace_id=fleet.workspace_id,
        scope=scope,
        account_id=account,
        place=part.row.place,
        began_at=part.row.onset,
        now=until,
    )


def _move(row: ProblemPlace, fleet: Problem, problem: Problem) -> None:
    join_problem(
        problem,
        place_id=row.place_id,
        onset=row.onset,
        at=row.noticed_at,
        usual=row.usual,
        bad=row.bad,
    )
    # The end of a fleet-wide problem is told by its pages, so it keeps the last one.
    if row.place.kind or fleet.places.filter(place__kind="").count() > 1:
        row.delete()

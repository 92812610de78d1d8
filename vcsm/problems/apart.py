"""What everything took in, and what turns out to have a cause of its own beside it."""

from datetime import datetime

import numpy as np

from vcsm.problems import watch_data
from vcsm.problems.lifecycle import join_problem, open_problem, restore
from vcsm.problems.models import Problem, ProblemPlace
from vcsm.problems.scope import everywhere_lift, stands_out, tell_scope


def set_apart(fleet: Problem, *, step: int) -> None:
    """Now that more have been hit: each place that is surely far worse than everything is becomes
    a problem again, the one it was before or a new one, with all that stands on its page."""
    until = watch_data.moment_of(step)
    rows = list(fleet.places.select_related("place").filter(recovered_at=None).order_by("pk"))
    counted = [_count(fleet, row, until) for row in rows]
    pages = [one for row, one in zip(rows, counted, strict=True) if not row.place.kind]
    hits, usual = np.array(pages, dtype=np.float64).reshape(-1, 2).T
    everywhere = everywhere_lift(hits, usual)
    apart = [
        row
        for row, (hit, expected) in zip(rows, counted, strict=True)
        if stands_out(hit, expected, everywhere=everywhere)
    ]
    for page in dict.fromkeys(row.place.page for row in apart):
        # The control tells more than the page it stands on.
        first = min(
            (row for row in apart if row.place.page == page), key=lambda row: not row.place.element
        )
        problem = _problem_of(fleet, first, everywhere, until)
        for row in rows:
            if row.place.page == page:
                _move(row, fleet, problem)


def _count(fleet: Problem, row: ProblemPlace, until: datetime) -> tuple[int, float]:
    """Sessions hit there since it began, and how many are usual."""
    struck, _ = watch_data.read_struck(fleet.workspace_id, row.place_id, row.onset, until)
    return len(struck), watch_data.count_seen(row.place_id, row.onset, until) * row.usual


def _problem_of(fleet: Problem, row: ProblemPlace, everywhere: float, until: datetime) -> Problem:
    before = fleet.merged.filter(page=row.place.page).order_by("opened_at").first()
    if before is not None:
        restore(before, at=until)
        return before
    _, accounts = watch_data.read_struck(fleet.workspace_id, row.place_id, row.onset, until)
    scope, account = tell_scope(
        accounts,
        usual=watch_data.count_seen(row.place_id, row.onset, until) * row.usual * everywhere,
        shares=watch_data.read_shares(fleet.workspace_id, row.onset),
    )
    return open_problem(
        workspace_id=fleet.workspace_id,
        scope=scope,
        account_id=account,
        place=row.place,
        began_at=row.onset,
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
    # By its pages the end of everything is told: it keeps the last one.
    if row.place.kind or fleet.places.filter(place__kind="").count() > 1:
        row.delete()

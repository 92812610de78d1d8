"""Attaches escalations to the standing problem they are part of, instead of calling again.

Once a member works on the problem, or has an open escalation that belongs to it, a further
contact's struggle with it calls nobody else.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from vcsm.escalation.models import Escalation
from vcsm.friction.models import FrictionSignal
from vcsm.problems.models import Attached, Problem
from vcsm.problems.naming import element_of
from vcsm.problems.scope import ACCOUNT, FLEET

BEFORE = timedelta(hours=1)
"""Tolerance: a problem is noticed after it began, and its beginning is an estimate."""
OVER = (Problem.State.VERIFIED, Problem.State.MERGED)


# Raw SQL: it runs for every struggle, and building it with the ORM would cost more than running it.
_STANDING_ON = """
SELECT problem.*, place.page AS on_page, place.kind AS of_kind, place.element AS at_element
FROM problems_place place
JOIN problems_problemplace shown ON shown.place_id = place.id AND shown.recovered_at IS NULL
JOIN problems_problem problem ON problem.id = shown.problem_id
WHERE place.workspace_id = %(workspace)s AND place.page = ANY (%(pages)s)
  AND problem.state <> ALL (%(over)s)
  AND (problem.scope <> %(own)s OR problem.account_id = %(account)s)
ORDER BY problem.scope = %(everything)s, problem.opened_at
"""


def problems_of(
    signals: Sequence[FrictionSignal], *, account_id: int | None
) -> dict[UUID, Problem]:
    """Maps signals to the standing problem they are part of; others are left out.

    Problems that belong to another account alone do not count. All signals must be of one
    workspace.
    """
    if not signals:
        return {}
    standing = _standing_on(
        {signal.page for signal in signals}, signals[0].workspace_id, account_id=account_id
    )
    found = {signal.pk: _first_at(standing, signal) for signal in signals}
    return {pk: problem for pk, problem in found.items() if problem is not None}


def being_worked_on(problem: Problem | None) -> str:
    """Returns its id if a member works on it or an escalation of it is open, otherwise ""."""
    if problem is None:
        return ""
    if problem.state in (Problem.State.ACKNOWLEDGED, Problem.State.CLAIMED):
        return str(problem.pk)
    attached = problem.attached.values_list("escalation", flat=True)
    is_read = (
        Escalation.objects.filter(pk__in=list(attached))
        .exclude(state=Escalation.State.RESOLVED)
        .exists()
    )
    return str(problem.pk) if is_read else ""


def attach(problem: Problem, escalation: Escalation, *, now: datetime) -> bool:
    """Attaches the escalation to the problem; returns whether anything changed.

    An escalation belongs to one problem only. It moves along when problems are merged, and from the
    fleet-wide problem to one that was set apart from it.
    """
    attached, fresh = Attached.objects.select_related("problem").get_or_create(
        escalation=escalation.pk,
        defaults={"problem": problem, "contact_id": escalation.contact_id, "at": now},
    )
    if fresh or attached.problem.scope != FLEET or problem.scope == FLEET:
        return fresh
    attached.problem, attached.at = problem, now
    attached.save(update_fields=["problem", "at"])
    return True


def attach_earlier(*, workspace_id: int, now: datetime) -> int:
    """Attaches escalations opened before the problem was known, or set apart from the fleet's.

    Returns how many changed.
    """
    standing = Problem.objects.filter(workspace_id=workspace_id).exclude(state__in=OVER)
    began = [problem.began_at for problem in standing]
    if not began:
        return 0
    known = Attached.objects.filter(problem__workspace_id=workspace_id)
    known = known.exclude(problem__scope=FLEET)
    waiting = (
        Escalation.objects.filter(workspace_id=workspace_id, opened_at__gte=min(began) - BEFORE)
        .exclude(state=Escalation.State.RESOLVED)
        .exclude(pk__in=list(known.values_list("escalation", flat=True)))
        .exclude(element="", page="")
    )
    found = 0
    for escalation in waiting:
        there: list[Any] = _standing_on(
            [escalation.page], workspace_id, account_id=escalation.account_id
        )
        # The kind of friction does not matter here, only the place.
        at = [one for one in there if one.at_element == escalation.element or not one.of_kind]
        problem = next(iter(at), None)
        if problem is not None and problem.began_at - BEFORE <= escalation.opened_at:
            found += attach(problem, escalation, now=now)
    return found


def _standing_on(
    pages: Iterable[str], workspace_id: int, *, account_id: int | None
) -> list[Problem]:
    """Finds problems on these pages, oldest first, fleet-wide ones last; one row for each place."""
    asked: dict[str, Any] = {
        "workspace": workspace_id,
        "pages": list(pages),
        "account": account_id,
        "own": ACCOUNT,
        "everything": FLEET,
        "over": [str(state) for state in OVER],
    }
    return list(Problem.objects.raw(_STANDING_ON, asked))


def _first_at(standing: Sequence[Any], signal: FrictionSignal) -> Problem | None:
    element = element_of(kind=signal.kind, element=signal.element, facts=signal.facts)
    there = ("", ""), (signal.kind, element)
    return next(
        (
            one
            for one in standing
            if one.on_page == signal.page and (one.of_kind, one.at_element) in there
        ),
        None,
    )

"""What one contact struggles with may be a problem of many: attached to it, not raised again.

An escalation that belongs to a standing problem is attached to it. Once a member works on the
problem, or reads an escalation for it, a further contact's struggle with it calls nobody else.
"""

from datetime import datetime, timedelta

from vcsm.escalation.models import Escalation
from vcsm.friction.models import FrictionSignal
from vcsm.problems.models import Attached, Problem
from vcsm.problems.naming import element_of
from vcsm.problems.scope import ACCOUNT

BEFORE = timedelta(hours=1)
"""A problem is noticed after it began, and its beginning is an estimate."""
OVER = (Problem.State.VERIFIED, Problem.State.MERGED)


# Written out: it is asked for every struggle, and making it would cost more than it does.
# Whatever stands on the page itself, or on the element by the kind (empty: by any).
_STANDING_AT = """
SELECT problem.* FROM problems_place place
JOIN problems_problemplace shown ON shown.place_id = place.id AND shown.recovered_at IS NULL
JOIN problems_problem problem ON problem.id = shown.problem_id
WHERE place.workspace_id = %(workspace)s AND place.page = %(page)s
  AND (place.kind = '' AND place.element = ''
    OR place.kind <> '' AND place.element = %(element)s AND %(kind)s IN ('', place.kind))
  AND problem.state <> ALL (%(over)s)
  AND (problem.scope <> %(own)s OR problem.account_id = %(account)s)
ORDER BY problem.opened_at LIMIT 1
"""


def problem_of(signal: FrictionSignal, *, account_id: int | None) -> Problem | None:
    """The standing problem that this signal is part of; one of another account's own is none."""
    return _problem_at(
        workspace_id=signal.workspace_id,
        page=signal.page,
        kind=signal.kind,
        element=element_of(kind=signal.kind, element=signal.element, facts=signal.facts),
        account_id=account_id,
    )


def being_worked_on(problem: Problem | None) -> str:
    """Its id, where a member works on it or has an open escalation that belongs to it."""
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


def attach(problem: Problem, escalation: Escalation, *, now: datetime) -> None:
    """One escalation belongs to one problem; it moves along when problems are merged."""
    Attached.objects.get_or_create(
        escalation=escalation.pk,
        defaults={"problem": problem, "contact_id": escalation.contact_id, "at": now},
    )


def attach_earlier(*, workspace_id: int, now: datetime) -> int:
    """Escalations that came before anybody knew that it is a problem; returns how many."""
    standing = Problem.objects.filter(workspace_id=workspace_id).exclude(state__in=OVER)
    began = [problem.began_at for problem in standing]
    if not began:
        return 0
    known = Attached.objects.filter(problem__workspace_id=workspace_id)
    waiting = (
        Escalation.objects.filter(workspace_id=workspace_id, opened_at__gte=min(began) - BEFORE)
        .exclude(state=Escalation.State.RESOLVED)
        .exclude(pk__in=list(known.values_list("escalation", flat=True)))
        .exclude(element="", page="")
    )
    found = 0
    for escalation in waiting:
        problem = _problem_at(
            workspace_id=workspace_id,
            page=escalation.page,
            kind="",
            element=escalation.element,
            account_id=escalation.account_id,
        )
        if problem is not None and problem.began_at - BEFORE <= escalation.opened_at:
            attach(problem, escalation, now=now)
            found += 1
    return found


def _problem_at(
    *, workspace_id: int, page: str, kind: str, element: str, account_id: int | None
) -> Problem | None:
    """`kind` empty: whatever kind it shows as there."""
    asked = {
        "workspace": workspace_id,
        "page": page,
        "kind": kind,
        "element": element,
        "account": account_id,
        "own": ACCOUNT,
        "over": [str(state) for state in OVER],
    }
    return next(iter(Problem.objects.raw(_STANDING_AT, asked)), None)

"""What one contact struggles with may be a problem of many: attached to it, not raised again.

An escalation that belongs to a standing problem is attached to it. Once a member works on the
problem, or reads an escalation for it, a further contact's struggle with it calls nobody else.
"""

from datetime import datetime, timedelta

from vcsm.escalation.models import Escalation
from vcsm.friction.models import FrictionSignal
from vcsm.problems.models import Attached, Place, Problem, ProblemPlace
from vcsm.problems.naming import element_of
from vcsm.problems.scope import ACCOUNT

BEFORE = timedelta(hours=1)
"""A problem is noticed after it began, and its beginning is an estimate."""
OVER = (Problem.State.VERIFIED, Problem.State.MERGED)


def problem_of(signal: FrictionSignal) -> Problem | None:
    """The standing problem that this signal is part of; one of another account's own is none."""
    return _problem_at(
        workspace_id=signal.workspace_id,
        page=signal.page,
        kind=signal.kind,
        element=element_of(kind=signal.kind, element=signal.element, facts=signal.facts),
        account_id=signal.session.contact.account_id,
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
    places = Place.objects.filter(workspace_id=workspace_id, page=page)
    there = places.filter(kind="", element="") | places.filter(element=element).exclude(kind="")
    if kind:
        there = places.filter(kind="", element="") | places.filter(kind=kind, element=element)
    row = (
        ProblemPlace.objects.filter(place__in=there, recovered_at=None)
        .exclude(problem__state__in=OVER)
        .exclude(problem__in=_others_own(workspace_id, account_id))
        .select_related("problem")
        .order_by("problem__opened_at")
        .first()
    )
    return row.problem if row else None


def _others_own(workspace_id: int, account_id: int | None):  # type: ignore[no-untyped-def]
    own = Problem.objects.filter(workspace_id=workspace_id, scope=ACCOUNT)
    return own.exclude(account_id=account_id).values("pk") if account_id else own.values("pk")

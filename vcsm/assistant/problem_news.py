"""Tells contacts whom a problem hit that it is known, and later that it is fixed; once each.

"Known" is said only after a member has acknowledged the problem, "fixed" only after its rate has
proved it. Contacts who are in the product are told at once, others when they next come. The words
name no problem, so they are said once for all problems that become news together. Guardrails apply,
and what they withhold is not stored as told.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vcsm.conversations import broadcast
from vcsm.conversations.models import Nudge
from vcsm.conversations.notices import WORDS, cause_of_notice, notice_of
from vcsm.conversations.nudges import settings_of
from vcsm.events.models import Session
from vcsm.governance.acts import hold_act, record_act
from vcsm.governance.standing import read_standing
from vcsm.governance.use_cases import TELL_PROBLEM
from vcsm.problems.evidence import contacts_hit
from vcsm.problems.models import Problem, Told
from vcsm.problems.naming import NOT_ON_THE_PAGE

PRESENT = timedelta(minutes=2)
"""A session counts as present if something came from it within this time."""
NEWS_FOR = timedelta(days=14)
"""For how long after a fix the news is told to contacts who come back."""
AT_ONCE = 200
READING = timedelta(minutes=2)
"""For how long help that was offered keeps its place, unless it is answered: it may contain a way
round the problem."""
TOGETHER = timedelta(minutes=10)
"""News for the same contact within this time counts as said with the first."""
NOTICES = {"known": "problem_known", "fixed": "problem_fixed"}


def tell_hit(*, workspace_id: int, now: datetime) -> int:
    """Tells contacts who are present and have not been told; returns how many nudges it offered."""
    worked_on = Q(state__in=[Problem.State.ACKNOWLEDGED, Problem.State.CLAIMED])
    fixed = Q(state=Problem.State.VERIFIED, verified_at__gte=now - NEWS_FOR)
    told = 0
    for problem in Problem.objects.filter(worked_on | fixed, workspace_id=workspace_id):
        what = "fixed" if problem.state == Problem.State.VERIFIED else "known"
        for session_id in _present(problem, what, now):
            told += _tell(problem.pk, session_id, what, now)
    return told


def _present(problem: Problem, what: str, now: datetime) -> list[UUID]:
    """Returns the latest session of each contact hit who is present and has not been told this."""
    hit = contacts_hit(problem, now=now)
    known = set(problem.told.filter(what=what).values_list("contact_id", flat=True))
    rows = (
        Session.objects.filter(
            workspace_id=problem.workspace_id,
            contact_id__in=[one for one in hit if one not in known],
            seen_at__gte=now - PRESENT,
        )
        .order_by("contact_id", "-seen_at")
        .distinct("contact_id")
    )
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _tell(problem_id: UUID, session_id: UUID, what: str, now: datetime) -> int:
    session = Session.objects.select_related("contact").get(pk=session_id)
    problem = Problem.objects.get(pk=problem_id)
    standing = read_standing(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        browser_id=session.browser_id,
        now=now,
    )
    title, text = WORDS[NOTICES[what]]
    body = {"title": title, "text": text, "problem": str(problem.pk), "page": problem.page}
    if not standing.ask(TELL_PROBLEM).allowed:
        subject = f"{TELL_PROBLEM}:{problem.pk}:{what}:{session.contact_id}"
        hold_act(standing, use_case=TELL_PROBLEM, subject=subject, session_id=session.pk, body=body)
        return 0
    if _left_in_peace(session, now) or _reads_help(session, now):
        return 0
    _, new = Told.objects.get_or_create(
        problem=problem, contact_id=session.contact_id, what=what, defaults={"at": now}
    )
    if not new or _just_said(session, what, now):
        return 0
    nudge = Nudge.objects.create(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        session=session,
        cause=cause_of_notice(NOTICES[what], str(problem.pk)),
        page=problem.page,
        element=_control_of(problem),
        title=title,
        text=text,
        offered_at=now,
    )
    record_act(
        standing,
        use_case=TELL_PROBLEM,
        subject=f"nudge:{nudge.pk}",
        session_id=session.pk,
        body=body,
    )
    broadcast.nudge_offered(nudge)
    return 1


def _just_said(session: Session, what: str, now: datetime) -> bool:
    """Tells whether the contact was lately told the same words, about another problem."""
    said = Nudge.objects.filter(
        contact_id=session.contact_id,
        cause__startswith=cause_of_notice(NOTICES[what], ""),
        offered_at__gt=now - TOGETHER,
    )
    return said.exists()


def _control_of(problem: Problem) -> str:
    """Returns the problem's only element, which the notice keeps clear of and can show; else ""."""
    places = problem.places.exclude(place__kind__in=NOT_ON_THE_PAGE).exclude(place__element="")
    elements = set(places.values_list("place__element", flat=True))
    return elements.pop() if len(elements) == 1 else ""


def _left_in_peace(session: Session, now: datetime) -> bool:
    """Tells whether the contact dismissed something lately, and so sees nothing new for a while."""
    quiet = timedelta(minutes=settings_of(session.workspace_id).quiet_minutes)
    dismissed = Nudge.objects.filter(
        contact_id=session.contact_id,
        state=Nudge.State.DISMISSED,
        answered_at__gt=now - quiet,
    )
    return dismissed.exists()


def _reads_help(session: Session, now: datetime) -> bool:
    """Tells whether the notice would take the place of help that was just offered."""
    help_offered = Nudge.objects.filter(
        session=session,
        state__in=[Nudge.State.OFFERED, Nudge.State.SHOWN],
        offered_at__gt=now - READING,
    )
    return not all(notice_of(cause) for cause in help_offered.values_list("cause", flat=True))

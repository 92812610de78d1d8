"""A problem's life: opened, joined, acknowledged, claimed to be fixed, verified, reopened.

Every step is a row with who and when. Only the rate verifies: a claim without proof stays a claim.
"""

from datetime import datetime, timedelta

from vcsm.accounts.models import Account, Member
from vcsm.problems.models import PageOwner, Place, Problem, ProblemPlace, ProblemStep, Release
from vcsm.problems.owners import owner_of
from vcsm.problems.scope import ACCOUNT, FLEET

RELEASE_BEFORE = timedelta(hours=1)
WORDS = {
    "rage": "Rage clicks",
    "dead": "Dead clicks",
    "error_click": "Error clicks",
    "error_burst": "Error bursts",
    "failing_request": "Failing requests",
    "slow_page": "Slow pages",
    "slow_interaction": "Slow interactions",
    "form_reentry": "Re-entered fields",
    "validation_loop": "Repeated form errors",
    "form_hesitation": "Hesitation in forms",
    "form_abandonment": "Abandoned forms",
    "u_turn": "U-turns",
    "page_loop": "Going in circles",
    "refresh_loop": "Repeated reloads",
    "search_struggle": "Unsuccessful searches",
    "repeated_question": "Repeated questions",
    "help_visit": "Looking for help",
    "stalled_step": "Stalled flows",
    "thrashed_cursor": "Thrashed cursors",
    "no_results": "Searches without results",
}


class NotNow(Exception):
    """The step does not fit the state the problem is in."""


def open_problem(
    *,
    workspace_id: int,
    scope: str,
    account_id: int | None,
    place: Place | None,
    began_at: datetime,
    now: datetime,
) -> Problem:
    """Opens a problem and gives it to the team that owns its page, with a deadline to acknowledge.

    A problem of one account gets no team.
    """
    page = place.page if place is not None else ""
    owner = owner_of(workspace_id, page) if scope != ACCOUNT else None
    problem = Problem.objects.create(
        workspace_id=workspace_id,
        scope=scope,
        account_id=account_id,
        title=title_of(place, scope, account_id),
        page=page,
        release=_release_at(workspace_id, began_at),
        team=owner.team if owner else None,
        began_at=began_at,
        opened_at=now,
        due_at=now + timedelta(minutes=owner.acknowledge_minutes) if owner else None,
    )
    note_step(problem, "opened", now)
    if owner:
        note_step(problem, "assigned", now, note=owner.team.name)
    return problem


def title_of(place: Place | None, scope: str, account_id: int | None) -> str:
    """Returns the title, at most 200 characters; an account's own problem begins with its name."""
    if place is None or scope == FLEET:
        return "More friction everywhere"
    where = place.page or "/"
    what = WORDS.get(place.kind, "Friction")
    words = f"{what} on {place.name or place.element or where}" if place.kind else f"{what}"
    whole = f"{words} at {where}" if place.name or place.element or not place.kind else words
    if scope == ACCOUNT and account_id is not None:
        whole = f"{Account.objects.get(pk=account_id).name}: {whole}"
    return whole[:200]


def join_problem(
    problem: Problem, *, place_id: int, onset: datetime, at: datetime, usual: float, bad: float
) -> ProblemPlace:
    """Adds a place where the problem shows; one that had recovered is watched from the start again.

    `usual` and `bad` are hits per session that saw the place. A session counts once, so `bad` is
    limited to 1 (or `usual`, if higher): any day would refute a rate that cannot occur.
    """
    bad = min(bad, max(usual, 1.0))
    row, new = ProblemPlace.objects.get_or_create(
        problem=problem,
        place_id=place_id,
        defaults={
            "onset": onset,
            "noticed_at": at,
            "usual": usual,
            "bad": bad,
            "judged_to": at,
        },
    )
    if not new and row.recovered_at is not None:
        row.recovered_at, row.proof, row.judged_to = None, 0.5, at
        row.noticed_at, row.bad = at, max(row.bad, bad)
        row.save()
    return row


def acknowledge(problem: Problem, *, member: Member, now: datetime) -> None:
    """Records that a member has taken the problem on. Raises NotNow unless it is open."""
    changed = Problem.objects.filter(pk=problem.pk, state=Problem.State.OPEN).update(
        state=Problem.State.ACKNOWLEDGED, acknowledged_at=now
    )
    if not changed:
        raise NotNow("Somebody has acknowledged it already, or it is over.")
    note_step(problem, "acknowledged", now, member=member)


def claim_fix(problem: Problem, *, member: Member, now: datetime, note: str = "") -> None:
    """Records a member's claim that it is fixed, which the rate must now prove.

    Raises NotNow unless the problem is open or acknowledged.
    """
    changed = Problem.objects.filter(
        pk=problem.pk, state__in=[Problem.State.OPEN, Problem.State.ACKNOWLEDGED]
    ).update(state=Problem.State.CLAIMED, claimed_at=now)
    if not changed:
        raise NotNow("A fix is claimed already, or it is over.")
    problem.places.filter(recovered_at=None).update(proof=0.5, judged_to=now)
    note_step(problem, "fix_claimed", now, member=member, note=note)


def verify(problem: Problem, *, at: datetime) -> None:
    """Marks the problem as verified: the rate has proved that every place is as usual again."""
    problem.state, problem.verified_at = Problem.State.VERIFIED, at
    problem.save(update_fields=["state", "verified_at"])
    note_step(problem, "verified", at, note="" if problem.claimed_at else "It went away by itself.")


def reopen(problem: Problem, *, at: datetime) -> None:
    """Opens a problem that has come back; earlier acknowledgements and claims no longer count."""
    problem.state, problem.verified_at, problem.claimed_at = Problem.State.OPEN, None, None
    problem.acknowledged_at = None
    problem.save(update_fields=["state", "verified_at", "claimed_at", "acknowledged_at"])
    note_step(problem, "reopened", at)


def assign(problem: Problem, *, team_id: int, member: Member, now: datetime) -> None:
    """Gives the problem to another team of the workspace. Raises NotNow unless it owns pages."""
    owner = PageOwner.objects.filter(workspace_id=problem.workspace_id, team_id=team_id).first()
    if owner is None:
        raise NotNow("That team owns no page here.")
    problem.team, problem.due_at = (
        owner.team,
        now + timedelta(minutes=owner.acknowledge_minutes),
    )
    problem.save(update_fields=["team", "due_at"])
    note_step(problem, "assigned", now, member=member, note=owner.team.name)


def _release_at(workspace_id: int, began_at: datetime) -> Release | None:
    return (
        Release.objects.filter(
            workspace_id=workspace_id,
            first_at__gte=began_at - RELEASE_BEFORE,
            first_at__lte=began_at + timedelta(minutes=10),
        )
        .exclude(name="")
        .order_by("-first_at")
        .first()
    )


def note_step(
    problem: Problem, what: str, at: datetime, *, member: Member | None = None, note: str = ""
) -> None:
    """Records what happened to the problem and who did it; no member means the rate itself."""
    ProblemStep.objects.create(problem=problem, what=what, at=at, member=member, note=note)

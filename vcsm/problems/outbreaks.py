"""Makes a stream in alarm a problem, or part of one that is known."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from vcsm.problems import watch_data
from vcsm.problems.detect import STEP_MINUTES
from vcsm.problems.lifecycle import join_problem, open_problem, reopen
from vcsm.problems.merging import absorb
from vcsm.problems.models import Place, Problem, ProblemPlace
from vcsm.problems.scope import (
    ACCOUNT,
    FLEET,
    SOON_STEPS,
    Outbreak,
    belongs_to,
    sure_lift,
    tell_scope,
)

KNOWN = 14
"""Days for which a verified problem is reopened when it comes back, instead of a new one raised."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A stream in alarm; `place` None means the whole fleet. `onset` and `step` (when noticed) are
    steps; `usual` and `bad` are hits per session that saw the place."""

    workspace_id: int
    place: int | None
    onset: int
    step: int
    usual: float
    bad: float
    parts: tuple[tuple[int, float, float], ...] = ()
    """For the whole fleet: the busiest pages, which tell its end, as (place, usual, bad)."""


def explained(workspace_id: int) -> frozenset[int | None]:
    """Returns the places that are part of a standing problem; None stands for the whole fleet."""
    rows = ProblemPlace.objects.filter(
        problem__workspace_id=workspace_id, recovered_at=None
    ).exclude(problem__state__in=[Problem.State.VERIFIED, Problem.State.MERGED])
    fleet = _standing(workspace_id).filter(scope=FLEET).exists()
    return frozenset([*rows.values_list("place_id", flat=True), *([None] if fleet else [])])


def known_pages(workspace_id: int) -> list[tuple[int, int]]:
    """Returns pages of standing problems as (place, step it began), save the fleet-wide one's."""
    rows = ProblemPlace.objects.filter(
        problem__in=_standing(workspace_id).exclude(scope=FLEET), recovered_at=None
    ).values_list("place__page", "onset")
    pages = dict(
        Place.objects.filter(
            workspace_id=workspace_id, kind="", element="", page__in={page for page, _ in rows}
        ).values_list("page", "pk")
    )
    return [(pages[page], watch_data.step_of(onset)) for page, onset in rows if page in pages]


def note_alarm(alarm: Alarm, *, alone: bool) -> int:
    """Joins an alarm to a known problem or opens a new one; returns 1 when it is new, else 0.

    Without `alone` it can only join a related problem: its evidence does not suffice for a new one.
    """
    outbreak = _outbreak(alarm)
    alarm = _as_seen(alarm, outbreak)
    known = _known(alarm, outbreak)
    if known is not None:
        if known.state == Problem.State.VERIFIED:
            reopen(known, at=watch_data.moment_of(alarm.step))
        _join(known, alarm)
        return 0
    if not alone:
        return 0
    problem = open_problem(
        workspace_id=alarm.workspace_id,
        scope=outbreak.scope,
        account_id=outbreak.account,
        place=Place.objects.get(pk=alarm.place) if alarm.place is not None else None,
        began_at=watch_data.moment_of(alarm.onset),
        now=watch_data.moment_of(alarm.step + 1),
    )
    _join(problem, alarm)
    if outbreak.scope == FLEET:
        for part in _standing(alarm.workspace_id).exclude(pk=problem.pk).exclude(scope=FLEET):
            if any(belongs_to(one, outbreak) for one in _outbreaks(part, alarm.step)[:1]):
                absorb(problem, part, at=problem.opened_at)
    return 1


def look_again(problem: Problem, *, step: int) -> None:
    """Decides again whose a young problem is, now that more have been hit."""
    accounts: list[int | None] = []
    usual = 0.0
    rows = list(problem.places.select_related("place"))
    # Other hits on a page drown whose it is: whole pages count only when no element is known.
    for row in [one for one in rows if one.place.element] or rows:
        sessions, who = watch_data.read_struck(
            problem.workspace_id, row.place_id, row.onset, watch_data.moment_of(step)
        )
        accounts += who
        usual += row.usual / max(row.bad, 1e-9) * len(sessions)
    shares = watch_data.read_shares(problem.workspace_id, problem.began_at)
    scope, account = tell_scope(accounts, usual=usual, shares=shares)
    if (scope, account) != (problem.scope, problem.account_id):
        problem.scope, problem.account_id = scope, account
        problem.save(update_fields=["scope", "account"])
        _merge_same_account(problem, watch_data.moment_of(step))


def _merge_same_account(problem: Problem, at: datetime) -> None:
    """Merges the problem with another that the same account has already."""
    if problem.scope != ACCOUNT or problem.account_id is None:
        return
    same = _standing(problem.workspace_id).filter(scope=ACCOUNT, account_id=problem.account_id)
    first, *later = same
    for part in later:
        absorb(first, part, at=at)


def _as_seen(alarm: Alarm, outbreak: Outbreak) -> Alarm:
    """Returns the alarm with the observed rate, where that is worse than what the evidence says."""
    if alarm.place is None:
        return alarm
    since, until = watch_data.moment_of(alarm.onset), watch_data.moment_of(alarm.step + 1)
    seen = watch_data.count_seen(alarm.place, since, until)
    return replace(alarm, bad=max(alarm.bad, min(1.0, len(outbreak.sessions) / max(seen, 1))))


def _known(alarm: Alarm, outbreak: Outbreak) -> Problem | None:
    moment = watch_data.moment_of(alarm.step)
    if alarm.place is not None:
        again = Problem.objects.filter(
            workspace_id=alarm.workspace_id,
            state=Problem.State.VERIFIED,
            verified_at__gte=moment - timedelta(days=KNOWN),
            places__place_id=alarm.place,
        ).first()
        if again is not None and again.account_id == outbreak.account:
            return again
    soon = moment - timedelta(minutes=SOON_STEPS * STEP_MINUTES)
    just_over = Problem.objects.filter(
        workspace_id=alarm.workspace_id, state=Problem.State.VERIFIED, verified_at__gte=soon
    )
    # A cause of its own explains an alarm better than a fleet that is worse as a whole.
    standing = sorted(_standing(alarm.workspace_id), key=lambda one: one.scope == FLEET)
    for problem in [*standing, *just_over]:
        if problem.scope == FLEET and outbreak.scope == FLEET:
            return problem
        if outbreak.scope == FLEET:
            continue
        parts = _outbreaks(problem, alarm.step)
        if any(belongs_to(outbreak, known, lasting=True) for known in parts):
            return problem
    return None


def _standing(workspace_id: int) -> QuerySet[Problem]:
    over = Q(state__in=[Problem.State.VERIFIED, Problem.State.MERGED])
    return Problem.objects.filter(workspace_id=workspace_id).exclude(over).order_by("opened_at")


def _outbreak(alarm: Alarm) -> Outbreak:
    if alarm.place is None:
        return Outbreak("", "", "", FLEET, None, alarm.onset, alarm.step)
    place = Place.objects.get(pk=alarm.place)
    since, until = watch_data.moment_of(alarm.onset), watch_data.moment_of(alarm.step + 1)
    sessions, accounts = watch_data.read_struck(alarm.workspace_id, place.pk, since, until)
    usual = watch_data.count_seen(place.pk, since, until) * alarm.usual
    scope, account = tell_scope(
        accounts, usual=usual, shares=watch_data.read_shares(alarm.workspace_id, since)
    )
    return Outbreak(
        page=place.page,
        element=place.element,
        name=place.name,
        scope=scope,
        account=account,
        onset=alarm.onset,
        at=alarm.step,
        sessions=sessions,
        lift=sure_lift(len(sessions), usual),
    )


def _outbreaks(problem: Problem, step: int) -> list[Outbreak]:
    """Returns one outbreak for each place of the problem, in the order noticed. A fleet-wide
    problem has a single outbreak, without a place."""
    begun = watch_data.step_of(problem.began_at)
    if problem.scope == FLEET:
        noticed = watch_data.step_of(problem.opened_at)
        return [Outbreak("", "", "", FLEET, None, begun, noticed)]
    found = []
    for row in problem.places.select_related("place").order_by("noticed_at"):
        sessions, _ = watch_data.read_struck(
            problem.workspace_id, row.place_id, row.onset, watch_data.moment_of(step + 1)
        )
        found.append(
            Outbreak(
                page=row.place.page,
                element=row.place.element,
                name=row.place.name,
                scope=problem.scope,
                account=problem.account_id,
                onset=watch_data.step_of(row.onset),
                at=watch_data.step_of(row.noticed_at),
                sessions=sessions,
                lift=sure_lift(len(sessions), len(sessions) * row.usual / max(row.bad, 1e-9)),
            )
        )
    return found


def _join(problem: Problem, alarm: Alarm) -> None:
    own = () if alarm.place is None else ((alarm.place, alarm.usual, alarm.bad),)
    for place, usual, bad in (*own, *alarm.parts):
        join_problem(
            problem,
            place_id=place,
            onset=watch_data.moment_of(alarm.onset),
            at=watch_data.moment_of(alarm.step),
            usual=usual,
            bad=bad,
        )

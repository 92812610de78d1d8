"""Asks the rate whether problems are over, place by place."""

from datetime import datetime, timedelta

from django.db import transaction

from vcsm.problems import watch_data
from vcsm.problems.apart import set_apart
from vcsm.problems.lifecycle import verify
from vcsm.problems.models import Hit, PageVisit, Place, Problem, ProblemPlace
from vcsm.problems.outbreaks import look_again
from vcsm.problems.recover import Recovery, judge_recovery
from vcsm.problems.scope import FLEET

EVERY = timedelta(minutes=30)
YOUNG = timedelta(hours=6)


@transaction.atomic
def prove(*, workspace_id: int, now: datetime) -> list[Problem]:
    """Judges what was seen since the last time; returns the problems this verified."""
    verified = []
    standing = (
        Problem.objects.select_for_update()
        .filter(workspace_id=workspace_id)
        .exclude(state__in=[Problem.State.VERIFIED, Problem.State.MERGED])
    )
    for problem in list(standing):
        problem.refresh_from_db()  # an earlier problem may have taken it in
        if problem.state == Problem.State.MERGED:
            continue
        if now - problem.opened_at < YOUNG:
            again = set_apart if problem.scope == FLEET else look_again
            again(problem, step=watch_data.step_of(now))
            problem.refresh_from_db()
        if problem.state == Problem.State.MERGED:
            continue
        places = list(problem.places.select_related("place").filter(recovered_at=None))
        for row in places:
            _judge(row, now)
        if all(row.recovered_at is not None for row in places):
            verify(problem, at=now)
            verified.append(problem)
    return verified


def _judge(row: ProblemPlace, now: datetime) -> None:
    if now - row.judged_to < EVERY:
        return
    page = Place.objects.filter(
        workspace_id=row.place.workspace_id, kind="", page=row.place.page, element=""
    ).first()
    if page is None:
        return
    between = {"at__gte": row.judged_to, "at__lt": now}
    seen = PageVisit.objects.filter(place=page, **between).count()
    hits = Hit.objects.filter(workspace_id=row.place.workspace_id, **between)
    hits = (
        hits.filter(place_id=row.place_id)
        if row.place.kind
        else hits.filter(place__page=row.place.page)
    )
    state = judge_recovery(
        Recovery(row.usual, row.bad, row.proof),
        hits=hits.values("session_id").distinct().count(),
        seen=seen,
        minutes=(now - row.judged_to).total_seconds() / 60,
    )
    row.proof, row.judged_to = state.value, now
    if state.verified:
        row.recovered_at = now
    row.save(update_fields=["proof", "judged_to", "recovered_at"])

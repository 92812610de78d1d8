"""Merges a problem into another that has the same cause, and sets it apart again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.problems.lifecycle import NotNow, note_step
from vcsm.problems.models import Problem


def absorb(problem: Problem, part: Problem, *, at: datetime, member: Member | None = None) -> None:
    """Merges `part` into `problem`: its places and escalations go over. Raises NotNow when they are
    the same problem or of different workspaces."""
    if part.pk == problem.pk or part.workspace_id != problem.workspace_id:
        raise NotNow("A problem can only take in another one of its workspace.")
    known = problem.places.values("place")
    places, attached = part.places.exclude(place__in=known), part.attached.all()
    part.brought = {
        "places": list(places.values_list("pk", flat=True)),
        "attached": list(attached.values_list("pk", flat=True)),
    }
    places.update(problem=problem)
    attached.update(problem=problem)
    part.state, part.merged_into = Problem.State.MERGED, problem
    part.save(update_fields=["state", "merged_into", "brought"])
    problem.began_at = min(problem.began_at, part.began_at)
    problem.save(update_fields=["began_at"])
    note_step(part, "merged", at, member=member, note=problem.title)


def restore(problem: Problem, *, at: datetime, member: Member | None = None) -> None:
    """Undoes a merge: the problem stands again in the state it was in.

    Moving back the places and escalations it brought is up to the caller.
    """
    whole = problem.merged_into
    problem.state, problem.merged_into, problem.brought = Problem.State.OPEN, None, None
    if problem.claimed_at is not None:
        problem.state = Problem.State.CLAIMED
    elif problem.acknowledged_at is not None:
        problem.state = Problem.State.ACKNOWLEDGED
    problem.save(update_fields=["state", "merged_into", "brought"])
    note_step(problem, "restored", at, member=member, note=whole.title if whole else "")


@transaction.atomic
def merge(part: Problem, *, into_id: UUID, member: Member, now: datetime) -> None:
    """Merges `part` into another problem because a member says that both have one cause.

    Raises `NotNow` when `part` is merged already or the other does not stand, and
    `Problem.DoesNotExist` when the workspace has no problem `into_id`.
    """
    found = _lock(part.workspace_id, part.pk, into_id)
    if into_id not in found:
        raise Problem.DoesNotExist
    if found[part.pk].state == Problem.State.MERGED:
        raise NotNow("It is part of another problem already.")
    _check_stands(found[into_id])
    absorb(found[into_id], found[part.pk], at=now, member=member)
    _audit(part, member, into=str(into_id), now=now)


@transaction.atomic
def split(part: Problem, *, member: Member, now: datetime) -> None:
    """Sets a merged problem apart again because a member says that it has a cause of its own.

    It stands again with the places and escalations that it brought; what came since stays with the
    other. Raises `NotNow` when it is not merged, or merged into one that no longer stands.
    """
    into_id = part.merged_into_id
    if into_id is None:
        raise NotNow("It is part of no other problem.")
    found = _lock(part.workspace_id, part.pk, into_id)
    part, whole = found[part.pk], found[into_id]
    if part.merged_into_id != into_id:
        raise NotNow("It is part of no other problem any more.")
    _check_stands(whole)
    if part.brought is None:
        raise NotNow("It was merged by an older version, which did not record what it brought.")
    # Proof begins anew at places it had in common with the whole, where nobody looked for it.
    part.places.filter(recovered_at=None).update(proof=0.5, judged_to=now)
    whole.places.filter(pk__in=part.brought["places"]).update(problem=part)
    whole.attached.filter(pk__in=part.brought["attached"]).update(problem=part)
    restore(part, at=now, member=member)
    whole.began_at = whole.places.aggregate(first=Min("onset"))["first"] or whole.began_at
    whole.save(update_fields=["began_at"])
    _audit(part, member, into=None, now=now)


def _lock(workspace_id: int, *ids: UUID) -> dict[UUID, Problem]:
    """Locks the rows in one order, so that two merges crossing each other cannot deadlock."""
    rows = Problem.objects.select_for_update(of=("self",)).filter(workspace_id=workspace_id)
    return {one.pk: one for one in rows.filter(pk__in=ids).order_by("pk")}


def _check_stands(whole: Problem) -> None:
    if whole.state in (Problem.State.MERGED, Problem.State.VERIFIED):
        raise NotNow("That problem is no longer open.")


def _audit(part: Problem, member: Member, *, into: str | None, now: datetime) -> None:
    append_entry(
        workspace_id=part.workspace_id,
        kind="merge",
        actor=member,
        subject=f"problem:{part.pk}",
        body={"into": into},
        at=now,
    )

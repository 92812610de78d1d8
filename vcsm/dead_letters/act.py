"""What people do with a letter: run the work again, or drop it. Both are in the audit."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.core.queue import enqueue_on_commit
from vcsm.dead_letters.models import DeadLetter

AGAIN = timedelta(minutes=5)
"""Time after which a letter that was sent again, with no news since, may be sent once more."""


class CannotRun(Exception):
    """Raised for work that cannot be sent; the message says why, in one sentence."""


@transaction.atomic
def run_again(
    letter_id: int, *, by: Member | str, now: datetime, workspace_id: int | None = None
) -> None:
    """Sends the work to its queue; the letter stands until the work has succeeded.

    Raises DeadLetter.DoesNotExist for a letter that is settled or not of `workspace_id` (None:
    any), CannotRun for one that cannot be sent.
    """
    letter = _standing(workspace_id).select_for_update().get(pk=letter_id)
    if not letter.runnable:
        raise CannotRun("This message cannot be run again; it can only be dropped.")
    if letter.run_at is not None and letter.run_at > now - AGAIN:
        raise CannotRun("It was sent again a moment ago and has not finished.")
    letter.run_at, letter.run_by = now, _name(by)
    letter.save(update_fields=["run_at", "run_by"])
    _note(letter, "run", by, now)
    enqueue_on_commit(letter.task, **letter.arguments)


def run_all(*, by: Member | str, now: datetime, workspace_id: int | None = None) -> int:
    """Sends every letter that can be run and is not running; returns how many were sent."""
    free = Q(run_at=None) | Q(run_at__lte=now - AGAIN)
    waiting = _standing(workspace_id).filter(free, runnable=True).order_by("pk")
    sent = 0
    for letter_id in list(waiting.values_list("pk", flat=True)):
        with suppress(CannotRun, DeadLetter.DoesNotExist):  # somebody else was quicker
            run_again(letter_id, by=by, now=now, workspace_id=workspace_id)
            sent += 1
    return sent


@transaction.atomic
def drop(
    letter_id: int, *, by: Member | str, now: datetime, workspace_id: int | None = None
) -> None:
    """Gives the work up: it is not done, and no longer reported. Raises DeadLetter.DoesNotExist."""
    letter = _standing(workspace_id).select_for_update().get(pk=letter_id)
    letter.settled_at, letter.settled_by = now, _name(by)
    letter.outcome = DeadLetter.Outcome.DROPPED
    letter.save(update_fields=["settled_at", "settled_by", "outcome"])
    _note(letter, "drop", by, now)


def _standing(workspace_id: int | None) -> QuerySet[DeadLetter]:
    standing = DeadLetter.objects.filter(settled_at=None)
    return standing if workspace_id is None else standing.filter(workspace_id=workspace_id)


def _note(letter: DeadLetter, did: str, by: Member | str, now: datetime) -> None:
    if letter.workspace_id is not None:  # a letter of no workspace has no audit
        append_entry(
            workspace_id=letter.workspace_id,
            kind="dead_letter",
            actor=by,
            subject=f"dead_letter:{letter.pk}",
            body={"did": did, "task": letter.task, "times": letter.times},
            at=now,
        )


def _name(by: Member | str) -> str:
    return (by if isinstance(by, str) else by.name)[:200]

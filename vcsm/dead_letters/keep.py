"""Writes a letter when work has failed for good; closes it when the work is done after all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import F

from vcsm.core.error_words import name_error, place_of
from vcsm.dead_letters.models import DeadLetter

KEPT = timedelta(days=30)
"""Time for which a settled letter can still be read."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Work that failed for good.

    `workspace_id` is None where it is no workspace's. `arguments` hold JSON types: ids, no words.
    """

    task: str
    arguments: Mapping[str, Any]
    error: BaseException
    workspace_id: int | None = None
    trace: str = ""
    runnable: bool = True


def keep(failed: Failed, *, now: datetime) -> None:
    """Writes a letter, or counts the one of the same work that stands already once more."""
    what = {
        "error": name_error(failed.error),
        "place": place_of(failed.error)[:300],
        "trace": failed.trace,
        "last_at": now,
    }
    letter, fresh = DeadLetter.objects.get_or_create(
        work=_work(failed.task, failed.arguments),
        settled_at=None,
        defaults={
            **what,
            "workspace_id": failed.workspace_id,
            "task": failed.task[:200],
            "arguments": dict(failed.arguments),
            "runnable": failed.runnable,
            "first_at": now,
        },
    )
    if not fresh:
        again = DeadLetter.objects.filter(pk=letter.pk, settled_at=None)
        again.update(**what, times=F("times") + 1, run_at=None)


def settle(task: str, arguments: Mapping[str, Any], *, now: datetime) -> None:
    """Closes the letter of this work, if one stands: the work has succeeded."""
    standing = DeadLetter.objects.filter(work=_work(task, arguments), settled_at=None)
    standing.update(settled_at=now, settled_by=F("run_by"), outcome=DeadLetter.Outcome.DONE)


def forget_settled(*, now: datetime) -> int:
    return DeadLetter.objects.filter(settled_at__lt=now - KEPT).delete()[0]


def _work(task: str, arguments: Mapping[str, Any]) -> str:
    told = json.dumps([task, dict(arguments)], sort_keys=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()

"""Counts rates and looks for problems every minute, in that order, in a task per workspace, so that
one that fails does not keep the others from being looked at."""

from datetime import UTC, datetime

from celery import shared_task

from tasks.workspaces import for_each_workspace
from vcsm.assistant.known_problems import attach_earlier
from vcsm.assistant.problem_news import tell_hit
from vcsm.problems.day_columns import pack_days
from vcsm.problems.follow import follow_renames
from vcsm.problems.prove import prove
from vcsm.problems.roll_up import forget_visits, roll_up
from vcsm.problems.watch import look


@shared_task(name="problems.look")
def look_task() -> None:
    for_each_workspace("problems.look_at", expires=60)


@shared_task(name="problems.look_at")
def look_at_task(workspace_id: int) -> None:
    now = datetime.now(UTC)
    roll_up(workspace_id=workspace_id, now=now)
    follow_renames(workspace_id=workspace_id, now=now)
    look(workspace_id=workspace_id, now=now)
    prove(workspace_id=workspace_id, now=now)
    pack_days(workspace_id=workspace_id, now=now)


@shared_task(name="problems.tell")
def tell_task() -> None:
    for_each_workspace("problems.tell_of", expires=30)


@shared_task(name="problems.tell_of")
def tell_of_task(workspace_id: int) -> None:
    now = datetime.now(UTC)
    attach_earlier(workspace_id=workspace_id, now=now)
    tell_hit(workspace_id=workspace_id, now=now)


@shared_task(name="problems.forget")
def forget_task() -> None:
    forget_visits(now=datetime.now(UTC))

"""Tasks for implied intents, for questions that no intent covers, and for a change of encoder."""

import logging
from datetime import UTC, datetime, timedelta

from celery import shared_task
from django.conf import settings

from tasks.workspaces import for_each_workspace
from vcsm.assistant.reembed import reembed_some
from vcsm.intent.clusters import refresh_clusters
from vcsm.intent.implied import imply
from vcsm.intent.looked_at import waiting_sessions
from vcsm.intent.ways import learn_ways
from vcsm.knowledge.answered import drop_old_answers

log = logging.getLogger(__name__)

SEEN_WITHIN = timedelta(minutes=10)
AT_ONCE = 200
STEP_SECONDS = 40


@shared_task(name="intent.imply")
def imply_task() -> None:
    """Looks at sessions that went on since the last look; `react` itself looks at stuck ones."""
    for session_id in waiting_sessions(since=_now() - SEEN_WITHIN, at_most=AT_ONCE):
        try:
            imply(session_id=session_id)
        except Exception:
            log.exception("session %s was not looked at", session_id)


@shared_task(name="intent.nightly")
def nightly_task() -> None:
    for_each_workspace("intent.learn", expires=3600)
    drop_old_answers(before=_now() - timedelta(days=settings.VCSM_EVENT_RETENTION_DAYS))


@shared_task(name="intent.learn")
def learn_task(workspace_id: int) -> None:
    now = _now()
    refresh_clusters(workspace_id=workspace_id, now=now)
    learn_ways(workspace_id=workspace_id, now=now)


@shared_task(name="assistant.reembed")
def reembed_task() -> None:
    reembed_some(clock=_now, until=_now() + timedelta(seconds=STEP_SECONDS))


def _now() -> datetime:
    return datetime.now(UTC)

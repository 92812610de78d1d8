"""What sessions imply, what nobody's intent covers, and a change of the model that reads texts."""

import logging
from datetime import UTC, datetime, timedelta

from celery import shared_task
from django.conf import settings

from vcsm.accounts.models import Workspace
from vcsm.assistant.reembed import reembed_some
from vcsm.intent.clusters import refresh_clusters
from vcsm.intent.implied import imply, waiting_sessions
from vcsm.intent.ways import learn_ways
from vcsm.knowledge.answered import drop_old_answers

log = logging.getLogger(__name__)

SEEN_WITHIN = timedelta(minutes=10)
AT_ONCE = 200
STEP_SECONDS = 40


@shared_task(name="intent.imply")
def imply_task() -> None:
    """Sessions that went on since we looked; whoever is stuck was looked at already."""
    for session_id in waiting_sessions(since=_now() - SEEN_WITHIN, at_most=AT_ONCE):
        try:
            imply(session_id=session_id)
        except Exception:
            log.exception("session %s was not looked at", session_id)


@shared_task(name="intent.nightly")
def nightly_task() -> None:
    now = _now()
    for workspace_id in Workspace.objects.values_list("pk", flat=True):
        refresh_clusters(workspace_id=workspace_id, now=now)
        learn_ways(workspace_id=workspace_id, now=now)
    drop_old_answers(before=now - timedelta(days=settings.VCSM_EVENT_RETENTION_DAYS))


@shared_task(name="assistant.reembed")
def reembed_task() -> None:
    reembed_some(clock=_now, until=_now() + timedelta(seconds=STEP_SECONDS))


def _now() -> datetime:
    return datetime.now(UTC)

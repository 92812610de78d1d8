"""Counts sessions that saw pages and were hit at places, by hour, segment and release.

Each look takes the sessions that sent something since the last one, and sets what they count for to
what is true of them now. Late, repeated or disordered events, and signals that grow or are taken
back, therefore all end in the same rates; looking twice changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from vcsm.accounts.models import Workspace
from vcsm.problems import roll_up_sql as sql
from vcsm.problems.models import PageVisit, RollUp

OVERLAP = timedelta(seconds=60)
"""A batch becomes visible a little after it was received, so each look goes back this far."""
MAX_PLACES = 20_000
"""Places of one workspace. A page can be made to invent elements without end; those beyond this
number count for one common place of their kind, and the report says so."""
KEPT_VISITS = timedelta(days=3)
FIRST_LOOK = timedelta(days=90)
LONGEST = timedelta(hours=6)
"""Time counted in one transaction at most; a backlog takes several."""


def roll_up(*, workspace_id: int, now: datetime) -> int:
    """Counts what was received up to `now`; returns how many sessions it looked at."""
    looked = 0
    while True:
        with transaction.atomic():
            mark = _lock(workspace_id, now)
            until = min(now, mark.counted_to + LONGEST)
            with connection.cursor() as cursor:
                cursor.execute(sql.TOUCHED, [workspace_id, mark.counted_to - OVERLAP, until])
                sessions = [row[0] for row in cursor.fetchall()]
                since = mark.counted_to - OVERLAP
                mark.crowded_out += _count(workspace_id, sessions, since, until, now)
            mark.counted_to = until
            mark.save()
        looked += len(sessions)
        if until >= now:
            return looked


def count_sessions(*, workspace_id: int, sessions: Sequence[UUID]) -> None:
    """Counts these sessions by all that is stored of them, whenever it was received."""
    with transaction.atomic():
        # Every count locks this row: two at once would both add the same session.
        mark = _lock(workspace_id, None)
        first = datetime.min.replace(year=1970, tzinfo=mark.counted_to.tzinfo)
        last = first.replace(year=9999)
        mark.crowded_out += _count(workspace_id, list(sessions), first, last, last)
        mark.save()


def recall_visits(*, workspace_id: int, session: UUID) -> None:
    """Restores the guards of a session counted long ago, before more of it is stored.

    What is in the rates is then not counted again, although `forget_visits` dropped the guards. For
    use inside a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.RECALL, {"workspace": workspace_id, "session": session})


def forget_visits(*, now: datetime) -> int:
    """Drops guards against counting twice that no late event needs any more; returns how many."""
    return PageVisit.objects.filter(at__lt=now - KEPT_VISITS).delete()[0]


def workspaces() -> list[int]:
    return list(Workspace.objects.order_by("pk").values_list("pk", flat=True))


def _lock(workspace_id: int, now: datetime | None) -> RollUp:
    if not RollUp.objects.filter(pk=workspace_id).exists():
        with connection.cursor() as cursor:
            cursor.execute(sql.FIRST_EVENT, [workspace_id])
            first = cursor.fetchone()[0]
        start = first or now or Workspace.objects.get(pk=workspace_id).created_at
        if now is not None:
            start = max(start, now - FIRST_LOOK)
        RollUp.objects.get_or_create(pk=workspace_id, defaults={"counted_to": start})
    return RollUp.objects.select_for_update().get(pk=workspace_id)


def _count(
    workspace_id: int, sessions: list[UUID], since: datetime, until: datetime, now: datetime
) -> int:
    """Counts the sessions; returns how many of them fell to a kind's common place.

    Pages come from the events received between `since` and `until`; nothing lies after `now`.
    """
    if not sessions:
        return 0
    with connection.cursor() as cursor:
        named: dict[str, Any] = {
            "workspace": workspace_id,
            "sessions": sessions,
            "since": since,
            "until": until,
            "now": now,
        }
        cursor.execute(sql.SESSIONS, named)
        cursor.execute(sql.SEGMENTS, named)
        cursor.execute(sql.RELEASES, named)
        cursor.execute(sql.SAW, named)
        cursor.execute(sql.STRUCK, named)
        cursor.execute(sql.RENAMED, named)
        cursor.execute(sql.PLACES, {**named, "most": MAX_PLACES})
        cursor.execute(sql.COMMON_PLACES, named)
        cursor.execute(sql.RESOLVE)
        cursor.execute(sql.VISITS, named)
        cursor.execute(sql.HITS, named)
        cursor.execute(sql.CROWDED)
        crowded = int(cursor.fetchone()[0])
        cursor.execute(sql.DONE)
    return crowded

"""Follows what got another name, so that its history, its usual rate and its problems go on.

A match that is certain enough (`renamed`) is joined at once: the older row keeps its id and gets
the new name, and a `Renamed` row records it. Late events under the old name count for the new one.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from vcsm.accounts.models import Account
from vcsm.problems.merge_places import merge_places, merge_segments
from vcsm.problems.models import Place, Problem, Renamed, Segment, WatchState
from vcsm.problems.owners import follow_owner
from vcsm.problems.renamed import (
    SETTLED,
    ElementUse,
    PageUse,
    is_renamed_plan,
    is_same_element,
    match_pages,
    role_of,
    tells_apart,
)
from vcsm.problems.watch_state import pack, unpack

Rows = list[tuple[Any, ...]]

FRESH = timedelta(days=1)
"""What first appeared this recently may be something older under another name."""
BEFORE = timedelta(days=2)
MOST_PAIRS = 200

_VISITS = """
SELECT g.page, g.first_at, count(*), min(v.at), max(v.at) FROM problems_place g
JOIN problems_pagevisit v ON v.place_id = g.id
WHERE g.workspace_id = %s AND g.kind = '' AND g.element = '' AND g.page <> ''
GROUP BY g.id ORDER BY count(*) DESC
"""
_USED = """
SELECT page, element, count(DISTINCT session_id) FROM events_event
WHERE workspace_id = %s AND received_at >= %s AND received_at < %s AND page = ANY(%s)
  AND element IS NOT NULL AND element <> '' GROUP BY page, element
"""
_PAIRS = """
SELECT o.id, n.id FROM problems_place n JOIN problems_place o
  ON o.workspace_id = n.workspace_id AND o.kind = n.kind AND o.page = n.page AND o.name = n.name
  AND o.element <> n.element AND o.first_at < n.first_at
WHERE n.workspace_id = %s AND n.kind <> '' AND n.first_at >= %s AND n.page <> '' AND n.element <> ''
  AND o.element <> ''
ORDER BY n.first_at LIMIT %s
"""
_BOTH = """
SELECT count(*), count(*) FILTER (WHERE old), count(*) FILTER (WHERE new),
  count(*) FILTER (WHERE old AND new)
FROM (SELECT session_id, bool_or(element = %s) AS old, bool_or(element = %s) AS new
  FROM events_event WHERE workspace_id = %s AND received_at >= %s AND page = %s
  GROUP BY session_id) used
"""
_MOVED = """
SELECT a.plan, count(*) FROM accounts_account a WHERE a.id IN (
  SELECT account_id FROM problems_hit WHERE workspace_id = %s AND segment_id = %s AND at >= %s)
GROUP BY a.plan
"""


@transaction.atomic
def follow_renames(*, workspace_id: int, now: datetime) -> list[Renamed]:
    """Compares what is new in the workspace with what went silent; returns the renames it made."""
    done = [
        *_follow_pages(workspace_id, now),
        *_follow_elements(workspace_id, now),
        *_follow_plans(workspace_id, now),
    ]
    if done:
        _learn_anew(workspace_id)
    return done


def _follow_pages(workspace_id: int, now: datetime) -> Iterable[Renamed]:
    seen = _fetch(_VISITS, [workspace_id])
    fresh = [row for row in seen if row[1] >= now - FRESH]
    if not fresh:
        return
    silent = [row for row in seen if row[4].timestamp() < now.timestamp() - SETTLED]
    if not silent:
        return
    old = _uses(workspace_id, silent[:MOST_PAIRS], now - BEFORE, now)
    new = _uses(workspace_id, fresh[:MOST_PAIRS], now - FRESH, now)
    for before, after in match_pages(old, new, now=now.timestamp()).items():
        yield _rename_page(workspace_id, before, after, now)


def _uses(workspace_id: int, rows: Rows, since: datetime, until: datetime) -> dict[str, PageUse]:
    elements: dict[str, dict[str, int]] = {row[0]: {} for row in rows}
    for page, element, sessions in _fetch(_USED, [workspace_id, since, until, list(elements)]):
        elements[page][element] = sessions
    return {
        page: PageUse(sessions, first.timestamp(), last.timestamp(), elements[page])
        for page, _, sessions, first, last in rows
    }


def _rename_page(workspace_id: int, before: str, after: str, now: datetime) -> Renamed:
    for old in Place.objects.filter(workspace_id=workspace_id, page=before):
        twin = Place.objects.filter(
            workspace_id=workspace_id, kind=old.kind, page=after, element=old.element
        ).first()
        if twin is not None:
            merge_places(old, twin)
        old.page = after
        old.save(update_fields=["page"])
    Problem.objects.filter(workspace_id=workspace_id, page=before).update(page=after)
    follow_owner(workspace_id, before, after, now=now)
    earlier = Renamed.objects.filter(workspace_id=workspace_id)
    # A rename back ends the earlier one; a chain of renames points to its end.
    earlier.filter(what=Renamed.What.PAGE, old=after).delete()
    earlier.filter(what=Renamed.What.PAGE, new=before).update(new=after)
    earlier.filter(what=Renamed.What.ELEMENT, page=before).update(page=after)
    return _note(workspace_id, Renamed.What.PAGE, "", before, after, now)


def _follow_elements(workspace_id: int, now: datetime) -> Iterable[Renamed]:
    pairs = _fetch(_PAIRS, [workspace_id, now - FRESH, MOST_PAIRS])
    times = Counter(one for pair in pairs for one in pair)
    places = Place.objects.in_bulk(list(times))
    for old_id, new_id in pairs:
        # Two elements with the same words on one page cannot be told apart.
        if times[old_id] > 1 or times[new_id] > 1:
            continue
        old, new = places[old_id], places[new_id]
        if not tells_apart(new.name) or role_of(old.element) != role_of(new.element):
            continue
        [use] = _fetch(_BOTH, [old.element, new.element, workspace_id, new.first_at, new.page])
        if is_same_element(ElementUse(*use)):
            yield _rename_element(old, new, now)


def _rename_element(old: Place, new: Place, now: datetime) -> Renamed:
    workspace_id, before, after = old.workspace_id, old.element, new.element
    merge_places(old, new)
    old.element = after
    old.save(update_fields=["element"])
    earlier = Renamed.objects.filter(
        workspace_id=workspace_id, what=Renamed.What.ELEMENT, page=old.page
    )
    earlier.filter(old=after).delete()
    earlier.filter(new=before).update(new=after)
    return _note(workspace_id, Renamed.What.ELEMENT, old.page, before, after, now)


def _follow_plans(workspace_id: int, now: datetime) -> Iterable[Renamed]:
    rows = dict(Segment.objects.filter(workspace_id=workspace_id).values_list("name", "pk"))
    plans = Account.objects.filter(workspace_id=workspace_id)
    held = set(plans.values_list("plan", flat=True).distinct())
    for name in rows.keys() - held - {""}:
        moved: dict[str, int] = dict(
            _fetch(_MOVED, [workspace_id, rows[name], now - timedelta(days=28)])
        )
        after = is_renamed_plan(moved, still=0)
        if after is None or after not in rows or _had_history(rows[after], now):
            continue
        merge_segments(rows[name], rows[after])
        Segment.objects.filter(pk=rows[name]).update(name=after)
        yield _note(workspace_id, Renamed.What.PLAN, "", name, after, now)


def _had_history(segment_id: int, now: datetime) -> bool:
    """Returns whether the plan existed before: then its accounts were upgraded, not it renamed."""
    [(found,)] = _fetch(
        "SELECT EXISTS (SELECT 1 FROM problems_rate WHERE segment_id = %s AND hour < %s"
        " AND sessions > 0)",
        [segment_id, now - BEFORE],
    )
    return bool(found)


def _note(
    workspace_id: int, what: str, page: str, before: str, after: str, now: datetime
) -> Renamed:
    row, _ = Renamed.objects.update_or_create(
        workspace_id=workspace_id, what=what, page=page, old=before,
        defaults={"new": after, "at": now},
    )  # fmt: skip
    return row


def _learn_anew(workspace_id: int) -> None:
    """Makes the next look learn what is usual again, from the joined history."""
    row = WatchState.objects.select_for_update().filter(pk=workspace_id).first()
    if row is None or not row.state:
        return
    memory = unpack(bytes(row.state))
    memory.learnt_day = -1
    row.state = pack(memory)
    row.save(update_fields=["state"])


def _fetch(query: str, asked: list[object]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(query, asked)  # type: ignore[arg-type]
        return list(cursor.fetchall())

"""Keeping the rates and the detection current, at a million events a day: what a minute costs.

A day of events is made as ingest stores them, after four weeks of rates. The day up to its busiest
hour is counted as one backlog, and that hour minute by minute. Each time everything is done that
the task does: counting, following new names, looking and proving. It is rolled back afterwards.
"""

import sys
import time
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from vcsm.accounts.models import Workspace
from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.percentiles import percentile
from vcsm.events.models import BatchBody
from vcsm.events.partitions import create_partitions
from vcsm.problems.follow import follow_renames
from vcsm.problems.models import Hit, Problem, Release, RollUp, Segment
from vcsm.problems.prove import prove
from vcsm.problems.roll_up import roll_up
from vcsm.problems.watch import look

EVENTS_A_SESSION = 50
BATCHES_A_SESSION = 5
PAGES, PLACES, CONTACTS, ACCOUNTS = 200, 2_000, 5_000, 1_000
MINUTE = timedelta(minutes=1)

_PEOPLE = """
INSERT INTO accounts_account (workspace_id, external_id, name, plan)
SELECT %(w)s, 'b' || n, 'Account ' || n, (ARRAY['Free','Team','Growth','Scale'])[1 + n %% 4]
FROM generate_series(1, %(accounts)s) n;
INSERT INTO accounts_contact (workspace_id, account_id, name, email, created_at)
SELECT %(w)s, a.id, '', '', now() FROM generate_series(1, %(contacts)s) n
JOIN accounts_account a ON a.workspace_id = %(w)s
  AND a.external_id = 'b' || (1 + n %% %(accounts)s);
INSERT INTO accounts_browser (id, workspace_id, contact_id, created_at)
SELECT gen_random_uuid(), %(w)s, min(id), now() FROM accounts_contact WHERE workspace_id = %(w)s
"""
_HISTORY = """
INSERT INTO problems_place (workspace_id, kind, page, element, name, first_at)
SELECT %(w)s, '', '/page/' || n, '', '', %(long_ago)s FROM generate_series(0, %(pages)s - 1) n;
INSERT INTO problems_place (workspace_id, kind, page, element, name, first_at)
SELECT %(w)s, (ARRAY['dead','rage','error_click'])[1 + n %% 3], '/page/' || (n %% %(pages)s),
  'e' || n, 'Element ' || n, %(long_ago)s FROM generate_series(0, %(places)s - 1) n;
INSERT INTO problems_rate (place_id, hour, segment_id, release_id, workspace_id, sessions, signals,
  severity)
SELECT p.id, h, g.id, r.id, %(w)s, 1 + floor(random() * 12)::int, 0, 0
FROM problems_place p, problems_segment g, problems_release r,
generate_series(%(long_ago)s, %(since)s - interval '1 hour', interval '1 hour') h
WHERE p.workspace_id = %(w)s AND g.workspace_id = %(w)s AND r.workspace_id = %(w)s
  AND (p.kind = '' OR random() < 0.02)
"""
# Half of a day's sessions are spread evenly, half over the six hours around its middle.
_SESSIONS = """
INSERT INTO events_session (id, workspace_id, contact_id, browser_id, started_at, seen_at, page,
  user_agent, release)
SELECT gen_random_uuid(), %(w)s, c.lowest + floor(random() * %(contacts)s)::int, b.id, t.at,
  t.at + interval '15 minutes', '', '', '1' FROM generate_series(1, %(sessions)s) n
CROSS JOIN LATERAL (SELECT %(since)s + CASE WHEN n %% 2 = 0 THEN random() * interval '23.7 hours'
  ELSE interval '9 hours' + random() * interval '6 hours' END AS at) t,
(SELECT min(id) AS lowest FROM accounts_contact WHERE workspace_id = %(w)s) c,
(SELECT id FROM accounts_browser WHERE workspace_id = %(w)s LIMIT 1) b
"""
_EVENTS = """
INSERT INTO events_batchbody (workspace_id, session_id, sequence, received_at, events)
SELECT %(w)s, s.id, k, s.started_at + k * interval '3 minutes', (
  SELECT jsonb_agg(jsonb_build_object(
    'type', CASE WHEN n %% 5 = 0 THEN 'page' ELSE 'click' END,
    'at', (extract(epoch FROM s.started_at) * 1000)::bigint + k * 180000 - (20 - n) * 1000,
    'page', '/page/' || (s.contact_id * 7 + k * 13 + n / 5) %% %(pages)s,
    'element', jsonb_build_object('id', 'e' || n)))::text
  FROM generate_series(0, %(in_batch)s - 1) n)
FROM events_session s CROSS JOIN generate_series(1, %(batches)s) k WHERE s.workspace_id = %(w)s
"""
_SIGNALS = """
INSERT INTO friction_frictionsignal (id, workspace_id, session_id, contact_id, kind, key, element,
  element_name, page, severity, count, started_at, last_at, evidence, facts, revision,
  reacted_revision)
SELECT gen_random_uuid(), %(w)s, s.id, s.contact_id, p.kind, p.id::text, p.element, p.name, p.page,
  random(), 2, s.started_at + interval '3 minutes', s.started_at + interval '4 minutes', '[]', '{}',
  1, 1
FROM events_session s CROSS JOIN LATERAL (SELECT q.* FROM problems_place q
  WHERE q.id = (SELECT min(id) FROM problems_place WHERE workspace_id = %(w)s AND kind <> '')
    + (hashtext(s.id::text) & 1023)) p
WHERE s.workspace_id = %(w)s AND hashtext(s.id::text) %% 3 = 0
"""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--events", type=at_least(1), default=1_000_000, help="of the day")
    parser.add_argument("--minutes", type=at_least(1), default=60, help="of the busiest hour")


def run(*, events: int, minutes: int) -> dict[str, object]:
    """Returns seconds for the backlog, and per minute for each part of the task and the whole."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight - timedelta(days=1)
    with transaction.atomic():
        create_partitions(today=midnight.date())
        workspace = _make(since, events // EVENTS_A_SESSION)
        busiest = since + timedelta(hours=12)
        spent: dict[str, list[float]] = {"whole": []}
        began = time.perf_counter()
        sessions = _task(workspace.pk, busiest, {})
        backlog = time.perf_counter() - began
        looked = 0
        for minute in range(1, minutes + 1):
            began = time.perf_counter()
            looked += _task(workspace.pk, busiest + minute * MINUTE, spent)
            spent["whole"].append(time.perf_counter() - began)
        measured = {
            "events": events,
            "batches": BatchBody.objects.filter(workspace=workspace).count(),
            "hits": Hit.objects.filter(workspace=workspace).count(),
            "problems": Problem.objects.filter(workspace=workspace).count(),
            "backlog": {"sessions": sessions, "seconds": round(backlog, 2)},
            "minutes": minutes,
            "sessions_a_minute": round(looked / minutes, 1),
            "seconds": {name: _summed_up(values) for name, values in spent.items()},
        }
        transaction.set_rollback(True)
    return measured


def _task(workspace_id: int, now: datetime, spent: dict[str, list[float]]) -> int:
    """Does what `problems.look_at` does, timing each part; returns the sessions counted."""
    sessions = 0
    for name, part in (
        ("roll_up", roll_up),
        ("follow", follow_renames),
        ("look", look),
        ("prove", prove),
    ):
        began = time.perf_counter()
        found: Any = part(workspace_id=workspace_id, now=now)
        spent.setdefault(name, []).append(time.perf_counter() - began)
        sessions = found if name == "roll_up" else sessions
    return sessions


def _make(since: datetime, sessions: int) -> Workspace:
    workspace = Workspace.objects.create(slug=f"roll-up-{time.time_ns()}", name="Roll-up")
    for plan in ("Free", "Team", "Growth", "Scale"):
        Segment.objects.create(workspace=workspace, name=plan)
    long_ago = since - timedelta(days=28)
    Release.objects.create(workspace=workspace, name="1", first_at=long_ago)
    named: dict[str, Any] = {
        "w": workspace.pk, "since": since, "long_ago": long_ago, "sessions": sessions,
        "accounts": ACCOUNTS, "contacts": CONTACTS, "pages": PAGES, "places": PLACES,
        "batches": BATCHES_A_SESSION, "in_batch": EVENTS_A_SESSION // BATCHES_A_SESSION,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (_PEOPLE, _HISTORY, _SESSIONS, _EVENTS, _SIGNALS):
            cursor.execute(statement, named)
        cursor.execute(
            "ANALYZE events_session, events_batchbody, accounts_contact, accounts_account, "
            "problems_place, problems_rate, friction_frictionsignal"
        )
    RollUp.objects.create(workspace=workspace, counted_to=since)
    sys.stderr.write("the day is made\n")
    return workspace


def _summed_up(values: list[float]) -> dict[str, float]:
    return {
        "p50": round(percentile(values, 0.5), 3),
        "p95": round(percentile(values, 0.95), 3),
        "most": round(max(values), 3),
    }

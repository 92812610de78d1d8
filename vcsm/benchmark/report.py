"""Opening the friction report over thirty days and ten million events, from their roll-ups.

The roll-ups are made as such a month leaves them, and rolled back afterwards unless they are to be
kept: fifty events a session, five pages each, one session in three hit at about two places.
"""

import random
import time
from argparse import ArgumentParser
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from rest_framework.renderers import JSONRenderer

from vcsm.accounts.models import Workspace
from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.percentiles import percentile
from vcsm.console.api.friction_shapes import ReportShape
from vcsm.events.models import Session
from vcsm.problems.day_columns import pack_days
from vcsm.problems.models import FrictionDay, Hit, Rate, Release, RollUp, Segment
from vcsm.reports.asked import Asked
from vcsm.reports.friction import friction_report
from vcsm.reports.held import hold
from vcsm.reports.sections import page_map, rows_of

EVENTS_A_SESSION = 50
PAGES, PLACES, CONTACTS, ACCOUNTS = 200, 2_000, 20_000, 1_500
DAYS = 30
TIMES = 20

_PEOPLE = """
INSERT INTO accounts_account (workspace_id, external_id, name, plan, annual_revenue)
SELECT %(w)s, 'b' || n, 'Account ' || n, (ARRAY['Free','Team','Growth','Scale'])[1 + n %% 4], n * 7
FROM generate_series(1, %(accounts)s) n;
INSERT INTO accounts_contact (workspace_id, account_id, name, email, created_at)
SELECT %(w)s, a.id, '', '', now() FROM generate_series(1, %(contacts)s) n
JOIN accounts_account a ON a.workspace_id = %(w)s
  AND a.external_id = 'b' || (1 + n %% %(accounts)s);
INSERT INTO accounts_browser (id, workspace_id, contact_id, created_at)
SELECT gen_random_uuid(), %(w)s, min(id), now() FROM accounts_contact WHERE workspace_id = %(w)s;
INSERT INTO problems_place (workspace_id, kind, page, element, name, first_at)
SELECT %(w)s, '', '/page/' || n, '', '', %(since)s FROM generate_series(1, %(pages)s) n;
INSERT INTO problems_place (workspace_id, kind, page, element, name, first_at)
SELECT %(w)s, (ARRAY['dead','rage','error_click','slow_page','failing_request'])[1 + n %% 5],
  '/page/' || (1 + n %% %(pages)s), 'e' || n, 'Element ' || n, %(since)s
FROM generate_series(1, %(places)s) n
"""
_SESSIONS = """
INSERT INTO events_session (id, workspace_id, contact_id, browser_id, started_at, seen_at, page,
  user_agent, release)
SELECT gen_random_uuid(), %(w)s, c.lowest + floor(random() * %(contacts)s)::int, b.id, t.at, t.at,
  '', '', '' FROM generate_series(1, %(sessions)s) n
CROSS JOIN LATERAL (SELECT %(since)s + random() * interval '30 days' + n * interval '0 s' AS at) t,
(SELECT min(id) AS lowest FROM accounts_contact WHERE workspace_id = %(w)s) c,
(SELECT id FROM accounts_browser WHERE workspace_id = %(w)s LIMIT 1) b
"""
# Few places are hit often and most rarely: the product of two even draws.
_HITS = """
INSERT INTO problems_hit (place_id, session_id, workspace_id, contact_id, account_id, segment_id,
  release_id, at, signals, severity)
SELECT p.lowest + floor(random() * random() * %(places)s)::int, s.id, %(w)s, s.contact_id,
  c.account_id, g.lowest + (s.contact_id %% 4), r.id, s.started_at, 1 + floor(random() * 3)::int,
  random()
FROM events_session s JOIN accounts_contact c ON c.id = s.contact_id
CROSS JOIN generate_series(1, 2) k,
(SELECT min(id) AS lowest FROM problems_place WHERE workspace_id = %(w)s AND kind <> '') p,
(SELECT min(id) AS lowest FROM problems_segment WHERE workspace_id = %(w)s) g,
(SELECT id FROM problems_release WHERE workspace_id = %(w)s LIMIT 1) r
WHERE s.workspace_id = %(w)s AND random() < 0.33 ON CONFLICT DO NOTHING
"""
_RATES = """
INSERT INTO problems_rate (place_id, hour, segment_id, release_id, workspace_id, sessions, signals,
  severity)
SELECT place_id, date_trunc('hour', at), segment_id, release_id, %(w)s, count(*), sum(signals),
  sum(severity) FROM problems_hit WHERE workspace_id = %(w)s GROUP BY 1, 2, 3, 4;
INSERT INTO problems_rate (place_id, hour, segment_id, release_id, workspace_id, sessions, signals,
  severity)
SELECT p.id, h, g.id, r.id, %(w)s, 1 + floor(random() * 2 * %(sessions)s * 5.0 / 720 / 800)::int,
  0, 0 FROM problems_place p, problems_segment g, problems_release r,
generate_series(%(first)s, %(first)s + interval '719 hours', interval '1 hour') h
WHERE p.workspace_id = %(w)s AND p.kind = '' AND g.workspace_id = %(w)s AND r.workspace_id = %(w)s
"""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--events", type=at_least(1), default=10_000_000)
    parser.add_argument("--times", type=at_least(1), default=TIMES)
    parser.add_argument(
        "--keep", action="store_true", help="keep what is filled in, and use it again next time"
    )


def run(*, events: int, times: int, keep: bool) -> dict[str, object]:
    """Returns milliseconds from the question to the whole answer as JSON, without the network."""
    with transaction.atomic():
        slug = f"report-{events}" if keep else f"report-{random.random()}"
        workspace = Workspace.objects.filter(slug=slug).first()
        if workspace is None:
            workspace = _make(slug, events // EVENTS_A_SESSION)
        until = RollUp.objects.get(pk=workspace.pk).counted_to
        measured = _measure(workspace.pk, until, times)
        if not keep:
            transaction.set_rollback(True)
    return {"events": events, **measured}


def _make(slug: str, sessions: int) -> Workspace:
    until = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    workspace = Workspace.objects.create(slug=slug, name="Report")
    for plan in ("Free", "Team", "Growth", "Scale"):
        Segment.objects.create(workspace=workspace, name=plan)
    since = until - timedelta(days=DAYS)
    Release.objects.create(workspace=workspace, name="1", first_at=since)
    _fill(workspace.pk, sessions, since)
    RollUp.objects.create(workspace=workspace, counted_to=until)
    while pack_days(workspace_id=workspace.pk, now=until):
        pass
    return workspace


def _measure(workspace_id: int, until: datetime, times: int) -> dict[str, object]:
    asked = Asked(workspace_id, until - timedelta(days=DAYS), until)
    narrow = replace(asked, segment="Growth")

    def report(which: Asked) -> None:
        JSONRenderer().render(ReportShape(friction_report(which, now=until)).data)

    def views() -> None:
        held = hold(asked)
        page_map(held), rows_of(held, kind="stalled_step"), rows_of(held, kind="no_results")

    counts = {
        "sessions": Session.objects.filter(workspace_id=workspace_id).count(),
        "hits": Hit.objects.filter(workspace_id=workspace_id).count(),
        "rates": Rate.objects.filter(workspace_id=workspace_id).count(),
        "days_packed": FrictionDay.objects.filter(workspace_id=workspace_id).count(),
    }
    return {
        **counts,
        "whole": _spend(lambda: report(asked), times),
        "one_segment": _spend(lambda: report(narrow), times),
        "other_views": _spend(views, times),
    }


def _fill(workspace_id: int, sessions: int, since: datetime) -> None:
    named: dict[str, Any] = {
        "w": workspace_id,
        "sessions": sessions,
        "accounts": ACCOUNTS,
        "contacts": CONTACTS,
        "pages": PAGES,
        "places": PLACES,
        "since": since,
        "first": since,
    }
    with connection.cursor() as cursor:
        for statement in (_PEOPLE, _SESSIONS, _HITS, _RATES):
            cursor.execute(statement, named)
            cursor.execute(
                "ANALYZE events_session, accounts_contact, accounts_account, problems_place"
            )
        cursor.execute("ANALYZE problems_hit, problems_rate")


def _spend(ask, times: int) -> dict[str, float]:  # type: ignore[no-untyped-def]
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return {"p50_ms": round(percentile(spent, 0.5), 1), "p95_ms": round(percentile(spent, 0.95), 1)}

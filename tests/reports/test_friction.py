"""The product team's friction report."""

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOON, Cast
from tests.console.conftest import signed_in
from tests.console.scene import add_signal, at
from tests.problems.test_roll_up import saw
from vcsm.accounts.models import Account, Contact
from vcsm.events.models import Session
from vcsm.events.partitions import create_partitions
from vcsm.problems.roll_up import count_sessions
from vcsm.reports import friction
from vcsm.reports.asked import Asked
from vcsm.reports.friction import FrictionReport, bucket_width, friction_report
from vcsm.reports.friction_csv import safe_cell, stream_friction_csv

SINCE, UNTIL = NOON - timedelta(days=6), NOON + timedelta(days=1)


def report_of(
    cast: Cast, since: datetime = SINCE, until: datetime = UNTIL, **asked: str
) -> FrictionReport:
    count(cast)
    return friction_report(Asked(cast.acme.pk, since, until, **asked), now=UNTIL)


def count(cast: Cast) -> None:
    for workspace in (cast.acme, cast.globex):
        sessions = Session.objects.filter(workspace=workspace).values_list("pk", flat=True)
        count_sessions(workspace_id=workspace.pk, sessions=list(sessions))


def test_it_works(cast: Cast) -> None:
    tom = Contact.objects.create(workspace=cast.acme, name="Tom")
    first, second, third = cast.session(), cast.session(), cast.session(tom)
    for session in (first, second, third):
        add_signal(session, key="rage:export")
    add_signal(first, key="rage:export:2")
    add_signal(first, key="dead:help", kind="dead", element="help", element_name="Help")

    report = report_of(cast)

    rage, dead = report.lines
    assert (rage.kind, rage.page, rage.element_name) == ("rage", "/reports", "Export")
    assert (rage.signals, rage.sessions, rage.contacts, rage.accounts) == (4, 3, 2, 1)
    assert (rage.first_at, rage.last_at) == (at(3), at(3))
    assert rage.severity == pytest.approx(0.7)
    assert rage.revenue == 48_000
    assert (rage.seen, rage.share) == (3, 1.0)
    assert (dead.kind, dead.contacts) == ("dead", 1)
    totals = report.totals
    assert (totals.signals, totals.sessions, totals.contacts, totals.accounts) == (5, 3, 2, 1)
    assert (totals.sessions_seen, totals.lines) == (3, 2)


def test_what_was_taken_back_or_belongs_to_another_or_fell_outside_is_not_counted(
    cast: Cast,
) -> None:
    session = cast.session()
    foreign = cast.session(Contact.objects.create(workspace=cast.globex, name="Gwen"))
    add_signal(session, key="a", retracted=True)
    add_signal(foreign, key="b")
    ends = {"early": SINCE - NOON, "end": UNTIL - NOON, "begin": SINCE - NOON}
    for name, when in ends.items():
        seconds = when.total_seconds() - 2 - (name == "early") * 3600
        other = cast.session()
        Session.objects.filter(pk=other.pk).update(started_at=NOON + when)
        add_signal(other, key=name, element=name, seconds=seconds + 5)

    report = report_of(cast)

    assert [line.element for line in report.lines] == ["begin"]
    assert report.totals.signals == 1


def test_every_trend_adds_up(cast: Cast) -> None:
    session = cast.session()
    for number in range(40):
        add_signal(session, key=f"k{number}", seconds=-number * 3600, kind=f"kind{number % 3}")

    report = report_of(cast)

    assert len(report.buckets) == 28
    assert report.bucket_seconds == 6 * 3600
    assert sum(sum(kind.trend) for kind in report.kinds) == 40
    for line in report.lines:
        assert sum(line.trend) == line.signals
        assert len(line.trend) == len(report.buckets)


def test_the_share_is_of_those_who_saw_the_page(cast: Cast) -> None:
    hit, other = cast.session(), cast.session()
    create_partitions(today=NOON.date())
    for session in (hit, other, cast.session(), cast.session()):
        saw(session)
    add_signal(hit, key="a")

    [line] = report_of(cast).lines

    assert (line.seen, line.share) == (4, 0.25)
    assert line.share_low < 0.25 < line.share_high


def test_a_segment_and_a_release_are_told_apart(cast: Cast) -> None:
    tom = Contact.objects.create(workspace=cast.acme, name="Tom")
    add_signal(cast.session(), key="a")
    session = cast.session(tom)
    Session.objects.filter(pk=session.pk).update(release="2.0")
    add_signal(session, key="b", element="other")

    assert [one.element for one in report_of(cast, release="2.0").lines] == ["other"]
    assert len(report_of(cast, segment="Growth").lines) == 1
    assert report_of(cast, segment="nobody's").lines == ()


def test_an_account_whose_revenue_nobody_told_counts_as_an_account(cast: Cast) -> None:
    unknown = Account.objects.create(workspace=cast.acme, external_id="new", name="New")
    tom = Contact.objects.create(workspace=cast.acme, name="Tom", account=unknown)
    for contact in (tom, cast.vera):
        add_signal(cast.session(contact), key="a")

    report = report_of(cast)

    assert (report.totals.accounts, report.totals.revenue) == (2, 48_000)
    [line] = report.lines
    assert (line.accounts, line.revenue) == (2, 48_000)


def test_an_empty_workspace_has_an_empty_report(cast: Cast) -> None:
    report = report_of(cast)

    assert (report.lines, report.kinds, report.totals.signals) == ((), (), 0)
    assert report.totals.sessions_seen == 0


def test_a_period_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="must end after"):
        report_of(cast, since=UNTIL, until=SINCE)


def test_elements_without_end_are_bounded_and_said(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(friction, "MAX_LINES", 5)
    session = cast.session()
    for number in range(12):
        add_signal(session, key=f"k{number}", element=f"e{number}", element_name=f"E{number}")

    report = report_of(cast)

    assert len(report.lines) == 5
    assert report.totals.lines == 12


def test_the_number_of_queries_is_fixed(cast: Cast, django_assert_num_queries: object) -> None:
    session = cast.session()
    for number in range(30):
        add_signal(session, key=f"k{number}", element=f"e{number}")

    count(cast)
    with django_assert_num_queries(9):  # type: ignore[operator]
        friction_report(Asked(cast.acme.pk, SINCE, UNTIL), now=UNTIL)


def test_the_same_period_gives_the_same_report(cast: Cast) -> None:
    session = cast.session()
    for number in range(9):
        add_signal(session, key=f"k{number}", element=f"e{number % 4}", kind=f"x{number % 2}")

    assert report_of(cast) == report_of(cast)


@given(hours=st.integers(min_value=1, max_value=24 * 400))
def test_a_chart_has_a_readable_number_of_steps(hours: int) -> None:
    period = timedelta(hours=hours)

    assert 1 <= -(-period // bucket_width(period)) <= 62


def test_the_csv_holds_every_line_beyond_the_screens_limit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(friction, "MAX_LINES", 2)
    session = cast.session()
    for number in range(7):
        add_signal(session, key=f"k{number}", element=f"e{number}", element_name="Täst, “x”\n")

    rows = _csv(cast)

    assert len(rows) == 7
    assert rows[0]["element_name"] == "Täst, “x”\n"
    assert rows[0]["contacts"] == "1"
    assert (rows[0]["annual_revenue"], rows[0]["currency"]) == ("48000.0", "EUR")


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t1", " =1", "\uff1d1"]
)
def test_a_name_that_a_spreadsheet_would_run_is_text(cast: Cast, name: str) -> None:
    add_signal(cast.session(), key="k", element_name=name)

    assert _csv(cast)[0]["element_name"] == f"'{name}"


@given(st.text(st.sampled_from("=+-@;\t\r\n\" 'a,"), max_size=12) | st.text(max_size=40))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    """Nor where a spreadsheet ends cells at semicolons or tabs, and takes quotes for letters."""
    cell = safe_cell(text)

    assert not cell.startswith(("\t", "\r", "\n"))
    for part in re.split(r"[;\t\r\n]", cell):
        assert not part.lstrip(' "').startswith(("=", "+", "-", "@"))
    assert cell.replace("'", "") == text.replace("'", "")


def test_over_http(cast: Cast) -> None:
    now, session = datetime.now(tz=NOON.tzinfo), cast.session()
    Session.objects.filter(pk=session.pk).update(seen_at=now)
    add_signal(session, key="k", seconds=(now - NOON).total_seconds())
    count(cast)
    alice: Client = signed_in(cast.alice)

    report = alice.get("/console/api/friction", {"period": "24h"}).json()
    sheet = alice.get("/console/api/friction.csv", {"period": "24h"})

    assert report["lines"][0]["element_name"] == "Export"
    # Of this hour, or of the last where a new one has begun meanwhile.
    assert sum(report["lines"][0]["trend"][-2:]) == 1
    assert len(report["buckets"]) == 24
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in sheet["Content-Disposition"]
    assert b"Export" in sheet.getvalue()
    assert alice.get("/console/api/friction", {"period": "1y"}).status_code == 400


def _csv(cast: Cast) -> list[dict[str, str]]:
    count(cast)
    pieces = stream_friction_csv(Asked(cast.acme.pk, SINCE, UNTIL), currency="EUR")
    return list(csv.DictReader(io.StringIO("".join(pieces), newline="")))

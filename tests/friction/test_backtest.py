"""Other thresholds on a workspace's own stored events."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOON, Cast
from tests.console.scene import add_events, millis
from tests.friction.build import SAVE
from vcsm.events.kinds import Click, Event, Page, Verdict
from vcsm.reports.friction_backtest import backtest


def dead_clicks(count: int) -> list[Event]:
    events: list[Event] = [Page(at=millis(0), page="/pay")]
    for n in range(count):
        at = millis(1 + 3 * n)
        events += [
            Click(at=at, page="/pay", click=n, element=SAVE),
            Verdict(at=at + 2500, page="/pay", click=n, element=SAVE, verdict="dead"),
        ]
    return events


def run(cast: Cast, **changes: Any) -> dict[str, Any]:
    since = NOON - timedelta(days=1)
    until = NOON + timedelta(days=1)
    return backtest(workspace=cast.acme, since=since, until=until, changes=changes)


def test_it_works(cast: Cast) -> None:
    add_events(cast.session(), dead_clicks(3))
    add_events(cast.session(), dead_clicks(6))
    result = run(cast, **{"dead.min_clicks": 4})
    assert (result["sessions"], result["events"]) == (2, 20)
    assert result["now"] == {
        "signals": {"dead": 2},
        "retracted": 0,
        "nudges": 2,
        "escalations": 1,
        "struggling_sessions": 2,
    }
    assert result["then"]["signals"] == {"dead": 1} and result["then"]["nudges"] == 1


def test_the_workspace_s_own_settings_are_those_in_force(cast: Cast) -> None:
    cast.acme.friction_settings = {"dead.off": True}
    add_events(cast.session(), dead_clicks(3))
    result = run(cast, **{"dead.off": False})
    assert result["now"]["signals"] == {} and result["then"]["signals"] == {"dead": 1}


def test_sessions_of_other_times_and_workspaces_are_not_read(cast: Cast) -> None:
    add_events(cast.session(), dead_clicks(3))
    later = NOON + timedelta(days=1)
    nothing = backtest(
        workspace=cast.acme, since=later, until=later + timedelta(days=1), changes={}
    )
    others = backtest(workspace=cast.globex, since=NOON, until=later, changes={})
    assert nothing["sessions"] == others["sessions"] == 0


def test_the_command_prints_one_json_object_and_refuses_by_name(cast: Cast) -> None:
    add_events(cast.session(), dead_clicks(3))
    out = StringIO()
    call = ("backtest", "--workspace", cast.acme.slug, "--since", "2026-05-31")
    call_command(*call, "--until", "2026-06-03", "--set", "dead.min_clicks=9", stdout=out)
    assert json.loads(out.getvalue())["then"]["signals"] == {}
    with pytest.raises(CommandError, match="dead.min_clicks"):
        call_command(*call, "--set", "dead.min_clicks=0")
    with pytest.raises(CommandError, match="unheard-of"):
        call_command("backtest", "--workspace", "unheard-of", "--since", "2026-05-31")


def test_places_that_differ_are_told_and_null_is_the_default(cast: Cast) -> None:
    cast.acme.friction_settings = {"dead.min_clicks": 9}
    add_events(cast.session(), dead_clicks(3))
    result = run(cast, **{"dead.min_clicks": None})
    assert result["places"] == [
        {"kind": "dead", "page": "/pay", "element": SAVE.name, "now": 0, "then": 1}
    ]
    with pytest.raises(ValueError, match="nope"):
        run(cast, nope=None)


def test_only_the_latest_sessions_are_read_where_there_are_many(cast: Cast) -> None:
    for _ in range(3):
        add_events(cast.session(), dead_clicks(3))
    since = NOON - timedelta(days=1)
    result = backtest(
        workspace=cast.acme, since=since, until=NOON + timedelta(days=1), changes={},
        sessions_at_most=2,
    )  # fmt: skip
    assert result["sessions"] == 2

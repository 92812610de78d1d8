"""A workspace's own thresholds and switches, changed and on the record."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOON, Cast
from vcsm.audit.models import Entry
from vcsm.friction.tune import tune_friction


def tune(cast: Cast, **changes: object) -> dict[str, object]:
    return tune_friction(workspace_id=cast.acme.pk, changes=changes, by=cast.bob, now=NOON)


def in_force(cast: Cast) -> dict[str, object]:
    cast.acme.refresh_from_db()
    return dict(cast.acme.friction_settings)


def entries(cast: Cast) -> list[Entry]:
    return list(Entry.objects.filter(workspace=cast.acme, kind="friction_settings").order_by("id"))


def test_it_works(cast: Cast) -> None:
    assert tune(cast, **{"rage.min_clicks": 4, "u_turn.off": True}) == in_force(cast)
    tune(cast, **{"rage.min_clicks": None, "dead.join_ms": 1000})
    assert in_force(cast) == {"u_turn.off": True, "dead.join_ms": 1000}
    first, second = entries(cast)
    assert first.actor.startswith(f"member:{cast.bob.pk}")
    assert json.loads(second.body) == {
        "changes": {"rage.min_clicks": None, "dead.join_ms": 1000},
        "in_force": {"u_turn.off": True, "dead.join_ms": 1000},
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [("rage.min_clicks", 1), ("nope", None), ("nope.off", True), ("rage.off", 1), ("flows", [1])],
)
def test_what_is_no_setting_changes_nothing(cast: Cast, name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        tune(cast, **{"dead.min_clicks": 2, name: value})
    assert in_force(cast) == {} and entries(cast) == []


def test_what_changes_nothing_leaves_no_entry(cast: Cast) -> None:
    tune(cast, **{"rage.min_clicks": None})
    assert entries(cast) == []


def test_the_command_changes_shows_and_refuses_by_name(cast: Cast) -> None:
    out = StringIO()
    call_command("tune_friction", cast.acme.slug, "--set", "dead.min_clicks=2", stdout=out)
    assert json.loads(out.getvalue()) == in_force(cast) == {"dead.min_clicks": 2}
    with pytest.raises(CommandError, match="dead.min_clicks"):
        call_command("tune_friction", cast.acme.slug, "--set", "dead.min_clicks=0")
    with pytest.raises(CommandError, match="unheard-of"):
        call_command("tune_friction", "unheard-of")

"""Thresholds and switches over the console's API: shown, tried on the past, changed."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast
from tests.console.scene import add_events
from tests.friction.test_backtest import dead_clicks
from vcsm.friction.thresholds import THRESHOLDS

SETTINGS = "/console/api/friction/settings"


def post(client: Client, address: str, **body: Any) -> HttpResponse:
    return client.post(address, json.dumps(body), content_type="application/json")


def shown(client: Client) -> dict[str, dict[str, Any]]:
    answer = client.get(SETTINGS).json()
    return {one["kind"]: one for one in answer["kinds"]}


def test_it_works(cast: Cast, bob: Client, alice: Client) -> None:
    kinds = shown(alice)
    assert {one["name"] for kind in kinds.values() for one in kind["thresholds"]} == set(THRESHOLDS)
    assert all(kind["says"].endswith(".") for kind in kinds.values())
    answer = post(bob, SETTINGS, changes={"rage.min_clicks": 4, "u_turn.off": True})
    assert answer.status_code == 200
    kinds = shown(alice)
    assert kinds["rage"]["thresholds"][0]["value"] == 4 and kinds["u_turn"]["off"] is True
    assert post(bob, SETTINGS, changes={"rage.min_clicks": None}).json()["changed"] == {
        "u_turn.off": True
    }


def test_a_preview_counts_on_the_workspace_s_own_events_and_changes_nothing(
    cast: Cast, alice: Client, charlie: Client
) -> None:
    session = cast.session()
    add_events(session, dead_clicks(3))
    found = post(alice, f"{SETTINGS}/preview", changes={"dead.off": True}, days=90).json()
    others = post(charlie, f"{SETTINGS}/preview", changes={"dead.off": True}, days=90).json()
    cast.acme.refresh_from_db()
    assert cast.acme.friction_settings == {}
    assert others["sessions"] == 0
    assert found["workspace"] == "acme"


@pytest.mark.parametrize(
    "changes", [{}, {"nope": 1}, {"rage.min_clicks": 1}, {"rage.min_clicks": "4"}, [], None]
)
def test_what_is_no_change_is_refused_in_words(bob: Client, changes: object) -> None:
    for address in (SETTINGS, f"{SETTINGS}/preview"):
        answer = post(bob, address, changes=changes)
        assert answer.status_code == 400 and answer.json()


def test_only_leads_change_and_everybody_may_look(alice: Client, charlie: Client) -> None:
    refused = post(alice, SETTINGS, changes={"rage.min_clicks": 4})
    assert refused.status_code == 403
    assert alice.get(SETTINGS).json()["may_change"] is False
    assert shown(alice)["rage"]["thresholds"][0]["value"] == 3
    assert Client().get(SETTINGS).status_code in (401, 403)

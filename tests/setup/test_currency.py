"""What the workspace's amounts are in: who says so, what it changes, and what it leaves alone."""

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import Cast
from tests.console.conftest import signed_in
from vcsm.accounts.models import Account, Workspace
from vcsm.audit.models import Entry


@pytest.fixture
def bob(cast: Cast) -> Client:
    return signed_in(cast.bob)


def name(client: Client, currency: str) -> Any:
    body = {"currency": currency}
    return client.post("/console/api/setup/currency", body, content_type="application/json")


def told(client: Client) -> str:
    currency: str = client.get("/console/api/me").json()["workspace"]["currency"]
    return currency


def test_it_works(cast: Cast, bob: Client) -> None:
    assert told(bob) == "USD", "of a workspace that has said nothing"
    setup = name(bob, "eur").json()
    assert setup["currency"] == "EUR" == told(bob) == told(signed_in(cast.alice))
    assert {"EUR", "JPY", "INR"} <= set(setup["currencies"])
    entry = Entry.objects.get(workspace=cast.acme, subject="settings:currency")
    assert entry.actor.endswith("Bob")
    assert json.loads(entry.body) == {"currency": "EUR", "was": "USD"}


def test_no_number_moves(cast: Cast, bob: Client) -> None:
    before = bob.get(f"/console/api/accounts/{cast.kestrel.pk}").json()["account"]
    name(bob, "JPY")
    after = bob.get(f"/console/api/accounts/{cast.kestrel.pk}").json()["account"]
    assert before == after
    assert Account.objects.get(pk=cast.kestrel.pk).annual_revenue == Decimal(48_000)


def test_the_same_again_is_no_change(cast: Cast, bob: Client) -> None:
    for _ in range(2):
        assert name(bob, "CHF").status_code == 200
    assert Entry.objects.filter(workspace=cast.acme, subject="settings:currency").count() == 1


@pytest.mark.parametrize("currency", ["", "EURO", "XTS", "DEM", "<b>"])
def test_what_is_no_currency_is_refused(cast: Cast, bob: Client, currency: str) -> None:
    assert name(bob, currency).status_code == 400
    assert told(bob) == "USD"


def test_only_admins_and_each_their_own(cast: Cast) -> None:
    refused = name(signed_in(cast.alice), "EUR")
    assert (refused.status_code, "An admin" in refused.json()["detail"]) == (403, True)
    name(signed_in(cast.charlie), "JPY")
    kept = dict(Workspace.objects.values_list("slug", "currency"))
    assert (kept["acme"], kept["globex"]) == ("USD", "JPY")


def test_a_workspace_is_made_with_one(db: None) -> None:
    def make(slug: str, *more: str) -> str:
        said = StringIO()
        email = f"eve@{slug}.example"
        call_command("create_workspace", slug, "--admin", email, *more, stdout=said)
        return said.getvalue()

    assert "its amounts are in USD" in make("plain")
    assert "its amounts are in GBP" in make("british", "--currency", "gbp")
    with pytest.raises(CommandError, match="'quid' is not a currency in use"):
        make("odd", "--currency", "quid")
    kept = dict(Workspace.objects.values_list("slug", "currency"))
    assert (kept["plain"], kept["british"], "odd" in kept) == ("USD", "GBP", False)

"""The demo product's pages and requests, without a browser."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from vcsm.demo import views
from vcsm.demo.articles import read_articles
from vcsm.demo.ledger import last_months, transactions_of
from vcsm.demo.northbank import NORTHBANK
from vcsm.demo.seed import seed_people, username_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.demo.urls")]


@pytest.fixture
def client(db: None) -> Iterator[Client]:
    seed_people(NORTHBANK, {username_of(one, NORTHBANK): "x" * 12 for one in NORTHBANK.members})
    yield Client(enforce_csrf_checks=True)


def identity(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="identity" type="application/json">(.*?)</script>', html)
    assert found
    parsed: dict[str, Any] = json.loads(found[1])
    return parsed


@pytest.mark.parametrize("page", ["", "transfers", "cards", "statements", "exchange", "help"])
def test_it_works(client: Client, page: str) -> None:
    response = client.get(f"/demo/{page}")
    html = response.content.decode()
    assert response.status_code == 200
    assert identity(html)["account"] == {"id": "kestrel-coffee", "name": "Kestrel Coffee"}
    assert 'data-key="pk_' in html


def test_nothing_is_inline(client: Client) -> None:
    response = client.get("/demo/")
    html = response.content.decode()
    assert "script-src 'self';" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))|<style|\sstyle=|\son\w+=", html)
    assert not inline


def test_as_picks_a_contact_or_makes_a_guest(client: Client) -> None:
    def shown(query: str) -> str:
        return str(identity(client.get(f"/demo/?as={query}").content.decode())["id"])

    assert shown("amara") == "amara"
    assert shown("guest-7") == "guest-7"
    assert shown("nobody") == shown("guest-<b>") == shown("") == "vera"


def test_every_article_has_a_page(client: Client) -> None:
    assert len(read_articles()) >= 25
    for article in read_articles():
        response = client.get(article.url)
        assert response.status_code == 200
        assert 'data-page-of="article"' in response.content.decode()


def test_what_is_not_there(client: Client) -> None:
    assert client.get("/demo/vault").status_code == 404
    assert client.get("/demo/help/vault").status_code == 404


def test_statement(client: Client) -> None:
    month = last_months(today=views._today(), count=2)[1]
    answer = client.get(f"/demo/api/statement?account=main&month={month:%Y-%m}")
    lines = transactions_of(account="main", month=month, until=views._today())
    assert len(lines) > 10
    assert answer.json()["transactions"] == [line.as_json() for line in lines]
    for odd in ("", "2026-13", "x", "2026-10-01", "\x00"):
        assert client.get("/demo/api/statement", {"month": odd}).status_code == 400


def test_quote(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "QUOTE_SECONDS", 0)
    query = {"from": "EUR", "to": "USD", "amount": "100"}
    quote = client.get("/demo/api/quote", query).json()
    assert Decimal(quote["receives"]) == Decimal(quote["rate"]) * 100
    for odd in ("", "12,5", "NaN", "Infinity"):
        assert client.get("/demo/api/quote", query | {"amount": odd}).status_code == 400


def test_transfer(client: Client) -> None:
    token = client.get("/demo/transfers").cookies["csrftoken"].value

    def send(body: object, **headers: str) -> int:
        return client.post(
            "/demo/api/transfer", json.dumps(body), "application/json", headers=headers
        ).status_code

    assert send({"cents": 1250}, **{"X-CSRFToken": token}) == 201
    assert send({"cents": "x"}, **{"X-CSRFToken": token}) == 400
    assert send(["cents"], **{"X-CSRFToken": token}) == 400
    assert send({"cents": 1250}) == 403

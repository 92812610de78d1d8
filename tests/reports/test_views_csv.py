"""Each chart as a table, and the digest for whoever asks for it."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import NOON, Cast
from tests.console.conftest import signed_in
from tests.console.scene import add_signal
from tests.reports.test_friction import count
from vcsm.events.models import Session
from vcsm.intent.models import CapturedIntent, Intent, UnmetCluster
from vcsm.problems.models import Renamed
from vcsm.reports.digest.deliver import write_digests
from vcsm.reports.held import Asked
from vcsm.reports.models import DigestMail, DigestReader
from vcsm.reports.views_csv import VIEWS, write_view

ROOT = "/console/api/friction"


def table(view: str, cast: Cast) -> list[dict[str, str]]:
    asked = Asked(cast.acme.pk, NOON - timedelta(days=7), NOON + timedelta(hours=1))
    text = write_view(view, asked, currency="EUR", now=NOON)
    assert text is not None
    return list(csv.DictReader(io.StringIO(text)))


def subscribe(client: Client, wanted: Any) -> Any:
    return client.post(f"{ROOT}/digest", {"subscribed": wanted}, content_type="application/json")


def test_it_works(cast: Cast) -> None:
    add_signal(cast.session(), key="a")
    add_signal(cast.session(), key="b", kind="no_results", element="=1+1", element_name="=1+1")
    count(cast)
    Renamed.objects.create(workspace=cast.acme, what="page", old="/a", new="/b", at=NOON)
    trend = table("trend", cast)
    assert {row["kind"] for row in trend} == {"rage", "no_results"}
    assert sum(int(row["signals"]) for row in trend) == 2
    [page] = table("pages", cast)
    assert (page["page"], page["hit"]) == ("/reports", "2")
    # A search is a stranger's text: a spreadsheet must not run it.
    assert [row["what"] for row in table("searches", cast)] == ["'=1+1"]
    assert [(row["old"], row["new"]) for row in table("names", cast)] == [("/a", "/b")]


def test_lines_with_money_say_what_it_is_in(cast: Cast) -> None:
    UnmetCluster.objects.create(
        workspace=cast.acme, title="Dark mode", phrases=["dark mode"], size=4, contacts=1,
        accounts=1, annual_revenue=48_000, trend=[4], centre=[1.0], encoder_id="one",
        first_at=NOON, last_at=NOON, found_at=NOON, seen_at=NOON,
    )  # fmt: skip
    [wish] = table("unmet", cast)
    assert (wish["revenue"], wish["currency"]) == ("48000.0", "EUR")
    add_signal(cast.session(), key="a")
    count(cast)
    assert "currency" not in table("pages", cast)[0]


@pytest.mark.parametrize("view", ["trend", *VIEWS])
def test_an_empty_workspace_has_its_names_only(cast: Cast, view: str) -> None:
    assert table(view, cast) == []


def test_over_the_api_each_workspace_has_its_own(cast: Cast) -> None:
    now = timezone.now()
    for workspace, old in ((cast.acme, "/ours"), (cast.globex, "/theirs")):
        Renamed.objects.create(workspace=workspace, what="page", old=old, new="/n", at=now)
    client = signed_in(cast.alice)
    answer = client.get(f"{ROOT}/names.csv?period=7d")
    assert answer["Content-Type"].startswith("text/csv")
    assert "/ours" in answer.content.decode()
    assert "/theirs" not in answer.content.decode()
    assert [one["old"] for one in client.get(f"{ROOT}/places").json()["names"]] == ["/ours"]
    assert client.get(f"{ROOT}/nothing.csv").status_code == 404
    assert client.get(f"{ROOT}/pages.csv?period=9y").status_code == 400


def test_the_digest_comes_to_whoever_asks_until_they_leave(cast: Cast) -> None:
    user = cast.alice.user
    user.email = "alice@acme.test"
    user.save()
    client = signed_in(cast.alice)
    before = client.get(f"{ROOT}/digest").json()
    assert (before["subscribed"], before["sent"]) == (False, False), "no mail server is set here"
    assert subscribe(client, True).json() == subscribe(client, True).json()
    assert write_digests(now=NOON) == 1
    assert DigestMail.objects.get().to == "alice@acme.test"
    assert subscribe(client, False).json()["subscribed"] is False
    assert write_digests(now=NOON + timedelta(days=7)) == 0


def test_nobody_without_an_address_and_nobody_who_left(cast: Cast) -> None:
    user = cast.alice.user
    user.email = ""
    user.save()
    assert subscribe(signed_in(cast.alice), True).status_code == 400
    assert subscribe(signed_in(cast.bob), "perhaps").status_code == 400
    cast.bob.user.email = "bob@acme.test"
    cast.bob.user.save()
    DigestReader.objects.create(member=cast.bob, since=NOON)
    cast.bob.left_at = NOON
    cast.bob.save()
    assert write_digests(now=NOON) == 0


def test_friction_by_what_they_were_trying_to_do(cast: Cast) -> None:
    """Who was stopped of those who wanted it; what was corrected is what was meant."""
    export, invite = (
        Intent.objects.create(workspace=cast.acme, name=name, title=name.title())
        for name in ("export", "invite")
    )

    def wanted(intent: Intent, outcome: str = "sure", **more: Any) -> Session:
        session = cast.session()
        CapturedIntent.objects.create(
            workspace=cast.acme, contact=cast.vera, session=session, source="asked", intent=intent,
            outcome=outcome, probability=0.9, p_value=0.9, at=NOON, **more,
        )  # fmt: skip
        return session

    stopped = [wanted(export), wanted(invite, corrected_to=export, corrected_at=NOON)]
    for session in stopped:
        add_signal(session, key="a")
    wanted(export)
    add_signal(wanted(export, "unsure"), key="b")
    wanted(invite)
    count(cast)
    rows = [(row["what"], row["sessions"], row["seen"]) for row in table("intents", cast)]
    assert rows == [("Export", "2", "3"), ("Invite", "0", "1")]

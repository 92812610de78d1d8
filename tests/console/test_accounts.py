"""Accounts over the console's API: the list, its order and filters, and one account's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.console.scene import Scene
from vcsm.accounts.models import Account, Contact
from vcsm.audit.models import Entry
from vcsm.conversations.models import Message
from vcsm.conversations.post import post_message
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.success.models import ChecklistItem, Promise


def read(client: Client, address: str) -> Any:
    answer = client.get(f"/console/api/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def send(client: Client, address: str, body: dict[str, Any]) -> Any:
    return client.post(f"/console/api/{address}", body, content_type="application/json")


def visit(cast: Cast, *, days_ago: float, contact: Contact | None = None) -> Session:
    session = cast.session(contact)
    then = timezone.now() - timedelta(days=days_ago)
    Session.objects.filter(pk=session.pk).update(started_at=then, seen_at=then)
    return session


def struggle(session: Session, *, days_ago: float, severity: float) -> None:
    then = timezone.now() - timedelta(days=days_ago)
    FrictionSignal.objects.create(
        workspace_id=session.workspace_id,
        session=session,
        contact=session.contact,
        kind="rage",
        key=f"rage {days_ago}",
        severity=severity,
        count=3,
        started_at=then,
        last_at=then,
        page="/reports",
    )


def test_it_works(scene: Scene, alice: Client) -> None:
    now = timezone.now()
    Promise.objects.create(
        workspace=scene.cast.acme,
        contact=scene.cast.vera,
        member=scene.cast.alice,
        text="a call on Friday",
        made_at=now,
    )
    ChecklistItem.objects.create(workspace=scene.cast.acme, position=0, title="Export once")
    line = read(alice, "accounts")["lines"][0]
    assert (line["name"], line["owner"]["name"]) == ("Kestrel Coffee", "Alice")
    assert line["open_escalations"] == 1

    page = read(alice, f"accounts/{scene.cast.kestrel.pk}")
    assert [one["contact"]["name"] for one in page["people"]] == ["Vera"]
    assert page["escalations"][0]["id"] == str(scene.escalation.pk)
    assert page["wants"][0]["text"] == "how do I get my report out?"
    assert page["promises"][0]["text"] == "a call on Friday"
    assert page["steps"][0]["title"] == "Export once"
    assert {fact["label"] for fact in page["facts"]} >= {"Plan", "Annual revenue", "Renews on"}
    assert len(page["history"]) == 5
    assert len(page["health"]["parts"]) == 6
    assert Entry.objects.filter(kind="view", subject=f"account:{scene.cast.kestrel.pk}").exists()


def test_health_falls_with_friction_and_unknown_is_not_health(cast: Cast, alice: Client) -> None:
    quiet = Account.objects.create(workspace=cast.acme, external_id="quiet", name="Quiet Ltd")
    for day in (1, 2, 20, 21):
        session = visit(cast, days_ago=day)
        if day < 14:
            struggle(session, days_ago=day, severity=3)
    by_name = {line["name"]: line for line in read(alice, "accounts")["lines"]}
    assert by_name["Quiet Ltd"]["health"] == {
        "score": None,
        "word": "unknown",
        "parts": by_name["Quiet Ltd"]["health"]["parts"],
    }
    assert all(part["value"] is None for part in by_name["Quiet Ltd"]["health"]["parts"])
    assert by_name["Kestrel Coffee"]["trend"] == "falling"
    assert read(alice, "accounts?trend=falling")["found"] == 1
    assert read(alice, "accounts?health=unknown")["lines"][0]["id"] == quiet.pk
    history = read(alice, f"accounts/{cast.kestrel.pk}")["history"]
    assert history[-1]["score"] < history[-2]["score"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("order=name", ["Ash", "birch", "Kestrel Coffee"]),
        ("order=name&descending=true", ["Kestrel Coffee", "birch", "Ash"]),
        ("order=revenue&descending=true", ["birch", "Kestrel Coffee", "Ash"]),
        ("order=renewal", ["birch", "Kestrel Coffee", "Ash"]),
        ("find=ESTREL", ["Kestrel Coffee"]),
        ("find=growth coffee", ["Kestrel Coffee"]),
        ("plan=Pro", ["birch"]),
        ("owner=0", ["Ash", "birch"]),
        ("open=true", []),
        ("renews_within=30", ["birch"]),
        ("find=%00", ["Ash", "birch", "Kestrel Coffee"]),
    ],
)
def test_order_and_filters(asked: str, names: list[str], cast: Cast, alice: Client) -> None:
    """What has no revenue or date comes last, whichever way the rest is sorted."""
    soon = timezone.now().date() + timedelta(days=20)
    Account.objects.filter(pk=cast.kestrel.pk).update(renews_on=soon + timedelta(days=90))
    Account.objects.create(workspace=cast.acme, external_id="a", name="Ash")
    Account.objects.create(
        workspace=cast.acme,
        external_id="b",
        name="birch",
        plan="Pro",
        annual_revenue=90_000,
        renews_on=soon,
    )
    answer = alice.get(f"/console/api/accounts?{asked}")
    if asked == "find=%00":
        assert answer.status_code == 400
        return
    assert [line["name"] for line in answer.json()["lines"]] == names


def test_queries_do_not_grow_with_accounts(
    cast: Cast, alice: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        account = Account.objects.create(
            workspace=cast.acme, external_id=f"a{number}", name=f"Account {number}"
        )
        contact = Contact.objects.create(
            workspace=cast.acme, account=account, external_id=f"c{number}"
        )
        visit(cast, days_ago=1, contact=contact)
    with django_assert_max_num_queries(32):
        assert read(alice, "accounts")["found"] == 31


def test_the_record_is_changed_by_who_may(cast: Cast, alice: Client) -> None:
    address = f"accounts/{cast.kestrel.pk}"
    saved = send(alice, address, {"plan": "Scale", "owner": cast.bob.pk, "renews_on": None}).json()
    assert (saved["account"]["plan"], saved["account"]["owner"]["name"]) == ("Scale", "Bob")
    assert saved["account"]["renews_on"] is None
    assert saved["account"]["name"] == "Kestrel Coffee"
    entry = Entry.objects.get(kind="account")
    assert '"owner":' in entry.body and entry.actor.endswith("Alice")

    other = send(alice, address, {"owner": cast.charlie.pk})
    assert (other.status_code, "member of the workspace" in other.json()["detail"]) == (400, True)
    cast.alice.role = "product"
    cast.alice.save()
    assert send(alice, address, {"plan": "Free"}).status_code == 403
    assert Account.objects.get(pk=cast.kestrel.pk).plan == "Scale"


def test_another_workspace_sees_nothing(scene: Scene, charlie: Client) -> None:
    assert read(charlie, "accounts")["total"] == 0
    for address in (f"accounts/{scene.cast.kestrel.pk}", f"accounts/{2**40}"):
        assert charlie.get(f"/console/api/{address}").status_code == 404
        assert send(charlie, address, {"plan": "x"}).status_code == 404


def test_a_name_that_is_markup_stays_text(scene: Scene, alice: Client) -> None:
    hostile = "<img src=x onerror=alert(1)>‮ Z̷̢̛a"
    Account.objects.filter(pk=scene.cast.kestrel.pk).update(name=hostile)
    post_message(
        conversation=scene.conversation,
        author=Message.Author.CONTACT,
        text=hostile,
        now=timezone.now(),
    )
    post_message(
        conversation=scene.conversation,
        author=Message.Author.ASSISTANT,
        text="I've asked Alice to join you.",
        now=timezone.now(),
    )
    page = read(alice, f"accounts/{scene.cast.kestrel.pk}")
    assert page["account"]["name"] == hostile
    assert page["conversations"][0]["latest"] == hostile, "theirs, whoever spoke after them"

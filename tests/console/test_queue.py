"""The queue's filters, pieces, assignment, merging and bulk, through the API."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.console.scene import Scene
from vcsm.accounts.models import Contact
from vcsm.audit.models import Entry
from vcsm.console.queue import QueueAsked, read_rows
from vcsm.escalation.models import Escalation, Merge, Verdict
from vcsm.escalation.reroute import reroute_overdue
from vcsm.escalation.work import take_over

QUEUE = "/console/api/escalations"
BULK = f"{QUEUE}/bulk"
TRUE = {"done": True, "worked": None, "false_alarm": False}


def stuck(cast: Cast, name: str = "Tom", **fields: Any) -> Escalation:
    contact = Contact.objects.create(workspace=cast.acme, name=name)
    now = timezone.now()
    given = {
        "cause": "asked",
        "reason": "friction",
        "summary": f"{name} is stuck",
        "score": 0.5,
        "opened_at": now,
        "updated_at": now,
        "due_at": now + timedelta(hours=1),
        **fields,
    }
    session = cast.session(contact)
    return Escalation.objects.create(workspace=cast.acme, contact=contact, session=session, **given)


def ids(client: Client, **asked: Any) -> list[str]:
    answer = client.get(QUEUE, asked)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["rows"]]


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(path, body, content_type="application/json")


def test_it_works(alice: Client, bob: Client, scene: Scene) -> None:
    cast = scene.cast
    dear = stuck(cast, "Ines", worth={"value": 900.0}, owner=cast.bob, account=cast.kestrel)
    old = stuck(cast, "Omar", opened_at=timezone.now() - timedelta(days=2), reason="matter")

    assert ids(alice, owner="me") == [str(scene.escalation.pk)]
    assert ids(bob, owner="me") == ids(alice, owner=cast.bob.pk) == [str(dear.pk)]
    assert ids(alice, owner="none") == [str(old.pk)]
    assert ids(alice, value=100) == [str(dear.pk)]
    assert ids(alice, always=1) == ids(alice, reason="matter,asked") == [str(old.pk)]
    assert ids(alice, newer="1h") == [str(dear.pk)]
    assert str(dear.pk) not in ids(alice, older="1d")
    assert set(ids(alice, account=cast.kestrel.pk)) == {str(dear.pk), str(scene.escalation.pk)}
    assert ids(alice, find="kestrel ines") == [str(dear.pk)]


@pytest.mark.parametrize(
    "asked",
    [{"owner": "x"}, {"older": "2h"}, {"value": "nan"}, {"value": "-1"}, {"after": "1"},
     {"reason": "a b"}, {"find": "x" * 201}, {"limit": 0}, {"account": "kestrel"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(alice: Client, scene: Scene, asked: dict[str, Any]) -> None:
    assert alice.get(QUEUE, asked).status_code == 400


ROW = st.tuples(
    st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([None, -1.5, 0.1, 200]), st.integers(0, 2)
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, max_size=12), piece=st.integers(1, 5))
@pytest.mark.parametrize("order", ["value", "newest", "due"])
def test_pieces_put_together_are_the_whole(
    cast: Cast, rows: list[tuple[float, float | None, int]], piece: int, order: str
) -> None:
    Escalation.objects.filter(workspace=cast.acme).delete()
    start = timezone.now()
    for score, value, minutes in rows:
        at = start + timedelta(minutes=minutes)
        worth = {} if value is None else {"value": value}
        stuck(cast, score=score, worth=worth, opened_at=at, due_at=at)
    whole, more = read_rows(cast.alice, QueueAsked(order=order), now=start, limit=200)
    assert not more and len(whole) == len(rows)

    found: list[Escalation] = []
    while True:
        asked = QueueAsked(order=order, after=found[-1].pk if found else None)
        rows_read, more = read_rows(cast.alice, asked, now=start, limit=piece)
        found += rows_read
        if not more:
            break
    assert [one.pk for one in found] == [one.pk for one in whole]


def test_assigning_tells_whose_it_is_and_who_said_so(alice: Client, scene: Scene) -> None:
    bob = scene.cast.bob

    answer = post(alice, f"{scene.api}/assign", {"to": bob.pk})

    assert answer.json()["escalation"]["owner"]["name"] == "Bob"
    entry = Entry.objects.get(kind="assign")
    assert (entry.subject, str(bob.pk) in entry.body) == (f"escalation:{scene.escalation.pk}", True)
    assert post(alice, f"{scene.api}/assign", {"to": None}).json()["escalation"]["owner"] is None


def test_nobody_is_given_what_another_has_taken_nor_a_stranger_anything(
    alice: Client, bob: Client, scene: Scene
) -> None:
    cast = scene.cast
    assert post(alice, f"{scene.api}/assign", {"to": cast.charlie.pk}).status_code == 409
    take_over(escalation_id=scene.escalation.pk, member_id=cast.alice.pk, now=timezone.now())

    refused = post(bob, f"{scene.api}/assign", {"to": cast.bob.pk})
    assert (refused.status_code, "Alice" in refused.json()["detail"]) == (409, True)
    # Who has taken it over may give it away, and the assistant answers until it is taken again.
    given_away = post(alice, f"{scene.api}/assign", {"to": cast.bob.pk}).json()
    assert (given_away["escalation"]["state"], given_away["speaker"]) == ("open", None)


def test_a_merged_one_is_worked_on_under_the_other_and_shares_its_verdict(
    alice: Client, scene: Scene
) -> None:
    twin = stuck(scene.cast, score=0.99)

    detail = post(alice, f"{QUEUE}/{twin.pk}/merge", {"into": str(scene.escalation.pk)}).json()
    assert detail["escalation"]["id"] == str(twin.pk)
    assert ids(alice) == [str(scene.escalation.pk)]
    (row,) = alice.get(QUEUE, {"ids": str(twin.pk)}).json()["rows"]
    assert row["merged_into"] == str(scene.escalation.pk)
    into = alice.get(scene.api).json()
    assert (into["escalation"]["score"], [one["contact"] for one in into["merged"]]) == (
        0.99,
        ["Tom"],
    )

    assert post(alice, f"{scene.api}/resolve", TRUE).status_code == 200
    assert Verdict.objects.filter(escalation__in=[twin, scene.escalation], done=True).count() == 2
    assert Merge.objects.get(escalation=twin).ended_by == "resolved"


def test_a_merged_one_is_not_routed_on_and_comes_back_when_split(
    alice: Client, scene: Scene
) -> None:
    late = timezone.now() - timedelta(minutes=5)
    twin = stuck(scene.cast, due_at=late)
    Escalation.objects.filter(pk=scene.escalation.pk).update(
        due_at=timezone.now() + timedelta(days=1)
    )
    post(alice, f"{QUEUE}/{twin.pk}/merge", {"into": str(scene.escalation.pk)})
    reroute_overdue(now=timezone.now())
    assert not twin.reroutes.exists()

    post(alice, f"{QUEUE}/{twin.pk}/merge", {"into": None})
    assert str(twin.pk) in ids(alice)


def test_what_may_not_be_merged(alice: Client, scene: Scene) -> None:
    waits = stuck(scene.cast, reason="asked")
    away = stuck(scene.cast, state="resolved")

    def merge(one: Escalation, into: str) -> int:
        return int(post(alice, f"{QUEUE}/{one.pk}/merge", {"into": into}).status_code)

    assert merge(waits, str(scene.escalation.pk)) == 409
    assert merge(scene.escalation, str(scene.escalation.pk)) == 409
    assert merge(scene.escalation, str(away.pk)) == 409
    assert merge(scene.escalation, str(uuid4())) == 409
    assert not Merge.objects.exists()


def test_bulk_does_what_it_can_and_names_the_rest(alice: Client, scene: Scene) -> None:
    done, urgent = stuck(scene.cast), stuck(scene.cast, reason="asked")
    wanted = [str(done.pk), str(urgent.pk), str(uuid4())]

    answer = post(alice, BULK, {"ids": wanted, "snooze": {"hours": 4, "reason": "later"}}).json()

    assert answer["done"] == [str(done.pk)]
    assert [one["id"] for one in answer["refused"]] == wanted[1:]
    both = post(alice, BULK, {"ids": wanted[:2], "assign": {"to": scene.cast.alice.pk}}).json()
    assert both["done"] == wanted[:2]
    assert Escalation.objects.filter(owner=scene.cast.alice).count() == 3
    resolved = post(alice, BULK, {"ids": wanted[:2], "resolve": TRUE}).json()
    assert (resolved["done"], ids(alice)) == (wanted[:2], [str(scene.escalation.pk)])


@pytest.mark.parametrize(
    "body", [{}, {"ids": []}, {"ids": [str(uuid4())]}, {"ids": ["x"], "assign": {"to": None}},
             {"ids": [str(uuid4())], "assign": {"to": None}, "merge": {"into": None}}]
)  # fmt: skip
def test_bulk_needs_one_act_and_some_ids(alice: Client, scene: Scene, body: dict[str, Any]) -> None:
    assert post(alice, BULK, body).status_code == 400


def test_charlie_can_do_nothing_with_what_is_acmes(charlie: Client, scene: Scene) -> None:
    pk = str(scene.escalation.pk)
    assert post(charlie, f"{scene.api}/assign", {"to": None}).status_code == 404
    assert post(charlie, f"{scene.api}/notes", {"text": "hello"}).status_code == 404
    assert post(charlie, BULK, {"ids": [pk], "assign": {"to": None}}).json()["done"] == []
    assert ids(charlie, after=pk) == []


def test_a_note_is_for_members_alone(alice: Client, bob: Client, scene: Scene) -> None:
    post(alice, f"{scene.api}/notes", {"text": " They called me yesterday. "})

    notes = bob.get(scene.api).json()["notes"]
    assert [(note["by"], note["text"]) for note in notes] == [
        ("Alice", "They called me yesterday.")
    ]
    said = alice.get(f"{scene.api}/messages").json()
    assert "yesterday" not in str(said)
    assert post(alice, f"{scene.api}/notes", {"text": "  "}).status_code == 400


def test_views_are_saved_shared_replaced_and_removed(
    alice: Client, bob: Client, charlie: Client, scene: Scene
) -> None:
    views = "/console/api/views"
    post(alice, views, {"name": "Mine, old", "query": "?view=mine&older=1d"})
    post(alice, views, {"name": "Dear", "query": "value=500", "shared": True})
    post(bob, views, {"name": "Bob's own", "query": "owner=none"})

    assert [view["name"] for view in alice.get(views).json()] == ["Dear", "Mine, old"]
    assert [(view["name"], view["mine"]) for view in bob.get(views).json()] == [
        ("Bob's own", True),
        ("Dear", False),
    ]
    assert charlie.get(views).json() == []
    left = post(alice, views, {"name": "Dear", "query": "value=900"}).json()
    assert [(view["query"], view["shared"]) for view in left if view["name"] == "Dear"] == [
        ("value=900", False)
    ]
    assert len(post(alice, views, {"name": "Dear", "remove": True}).json()) == 1

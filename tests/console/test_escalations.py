"""The queue."""

from django.test import Client

from tests.cast import Cast
from tests.console.scene import Scene, at, make_scene
from vcsm.accounts.models import Contact
from vcsm.escalation.models import Escalation

QUEUE = "/console/api/escalations"


def test_it_works(alice: Client, scene: Scene) -> None:
    queue = alice.get(QUEUE).json()

    assert queue["counts"] == {
        "active": 1,
        "open": 1,
        "taken": 0,
        "resolved": 0,
        "mine": 1,
        "snoozed": 0,
    }
    assert queue["more"] is False
    (row,) = queue["rows"]
    assert row["contact"]["name"] == "Vera"
    assert row["account"]["name"] == "Kestrel Coffee"
    assert row["account"]["annual_revenue"] == "48000.00"
    assert (row["element_name"], row["page"]) == ("Export", "/reports")
    assert row["intent"] == "Export a report"


def test_the_number_of_queries_does_not_grow_with_the_rows(
    alice: Client, scene: Scene, django_assert_num_queries: object
) -> None:
    for number in range(30):
        _another(scene, f"Contact {number}", score=0.5)

    # Session, user, member; rows; track records; merges; counts.
    with django_assert_num_queries(9):  # type: ignore[operator]
        assert len(alice.get(QUEUE).json()["rows"]) == 31


def test_value_is_what_minutes_are_worth_and_newest_is_newest(alice: Client, scene: Scene) -> None:
    dear = _another(scene, "Dear", score=0.2, seconds=1, worth={"value": 310.5})
    loss = _another(scene, "Loss", score=0.9, seconds=10, worth={"value": -4})
    unknown = _another(scene, "Unknown", score=0.1, seconds=30)

    by_value = [row["id"] for row in alice.get(QUEUE, {"order": "value"}).json()["rows"]]
    newest = [row["id"] for row in alice.get(QUEUE, {"order": "newest"}).json()["rows"]]

    worked_out, not_known = [str(dear.pk), str(loss.pk)], [str(scene.escalation.pk)]
    assert by_value == [*worked_out, *not_known, str(unknown.pk)], "the rest by score"
    assert newest == [str(unknown.pk), *not_known, str(loss.pk), str(dear.pk)]


def test_only_the_asked_rows_in_whatever_state(alice: Client, scene: Scene) -> None:
    _another(scene, "Not asked for", score=0.9)
    Escalation.objects.filter(pk=scene.escalation.pk).update(state="resolved")

    rows = alice.get(QUEUE, {"ids": f"{scene.escalation.pk}"}).json()["rows"]

    assert [row["id"] for row in rows] == [str(scene.escalation.pk)]


def test_an_unknown_state_and_a_broken_id_are_refused(alice: Client, scene: Scene) -> None:
    assert alice.get(QUEUE, {"state": "everything"}).status_code == 400
    assert alice.get(QUEUE, {"ids": "1,2"}).status_code == 400


def test_charlie_sees_an_empty_queue(charlie: Client, scene: Scene) -> None:
    queue = charlie.get(QUEUE, {"ids": str(scene.escalation.pk)}).json()

    assert queue["rows"] == []
    assert set(queue["counts"].values()) == {0}
    assert queue["seen"] is False, "nobody was ever there who could be stuck"


def test_hostile_names_come_back_as_they_are(alice: Client, cast: Cast) -> None:
    name = "<img src=x onerror=alert(1)>\u202e ḩ̸̢a̶͜cked"
    Contact.objects.filter(pk=cast.vera.pk).update(name=name)
    cast.vera.refresh_from_db()
    make_scene(cast)

    response = alice.get(QUEUE)

    assert response["Content-Type"] == "application/json"
    assert response.json()["rows"][0]["contact"]["name"] == name


def _another(
    scene: Scene,
    name: str,
    *,
    score: float,
    seconds: float = 0,
    worth: dict[str, float] | None = None,
) -> Escalation:
    contact = Contact.objects.create(workspace=scene.cast.acme, name=name)
    return Escalation.objects.create(
        workspace=scene.cast.acme,
        contact=contact,
        session=scene.cast.session(contact),
        cause="asked",
        reason="asked",
        summary="Asked for a person",
        score=score,
        worth=worth or {},
        opened_at=at(seconds),
        updated_at=at(seconds),
        due_at=at(seconds + 900),
    )

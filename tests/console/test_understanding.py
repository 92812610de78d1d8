"""Intents, what was heard, unmet wishes and articles over the console's API."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.console.scene import Scene
from vcsm.intent.classify import capture_asked
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.remembered import forget_models
from vcsm.intent.taxonomy import add_examples
from vcsm.knowledge.answer import answer
from vcsm.knowledge.answered import note_answer

WISHES = [
    f"{ask} {thing}"
    for ask in ("can I have", "please add", "where do I find")
    for thing in ("a gantt chart", "gantt charts", "the gantt view", "a gantt chart of projects")
]


@pytest.fixture(autouse=True)
def _no_models_of_other_tests() -> None:
    forget_models()


def send(client: Client, address: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"/console/api/{address}", body or {}, content_type="application/json")


def read(client: Client, address: str) -> Any:
    return client.get(f"/console/api/{address}").json()


def teach(client: Client, title: str, examples: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = send(client, "intents", {"title": title, "examples": examples}).json()
    return made


def ask(cast: Cast, text: str) -> CapturedIntent:
    return capture_asked(
        workspace_id=cast.acme.pk,
        contact_id=cast.vera.pk,
        session_id=None,
        text=text,
        at=timezone.now() - timedelta(minutes=5),
    )


def test_it_works(alice: Client) -> None:
    made = teach(alice, "Export a report", ["download as PDF", "export to Excel"])
    teach(alice, "Invite a colleague", ["add someone to my team", "invite a team mate"])
    assert made["name"] == "export_a_report"

    tried = send(alice, "intents/try", {"text": "how can I export the report?"}).json()
    assert tried["alternatives"][0]["title"] == "Export a report"
    everything = read(alice, "intents")
    assert [one["title"] for one in everything["intents"]] == [
        "Export a report",
        "Invite a colleague",
    ]
    assert everything["health"]["thin"][0]["value"] == 2
    assert everything["kept"]["actual"] is None


def test_an_edit_replaces_and_is_known_at_once(alice: Client) -> None:
    made = teach(alice, "Export a report", ["download as PDF"])
    saved = send(
        alice,
        f"intents/{made['id']}",
        {"title": "Gantt", "examples": ["gantt chart", "", "gantt chart"], "signs": ["/gantt/*"]},
    ).json()
    assert (saved["name"], saved["examples"], saved["signs"]) == (
        "export_a_report",
        ["gantt chart"],
        ["/gantt/*"],
    )
    tried = send(alice, "intents/try", {"text": "show me a gantt chart"}).json()
    assert tried["alternatives"][0]["title"] == "Gantt"


def test_what_somebody_changed_meanwhile_is_not_written_over(alice: Client) -> None:
    made = teach(alice, "Export a report", ["download as PDF"])
    path, mine = f"intents/{made['id']}", {"title": "Export", "examples": ["as PDF"]}
    add_examples(intent_id=made["id"], texts=["a message that was confirmed"])
    stale = send(alice, path, {**mine, "edited": made["version"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    now = alice.get(f"/console/api/{path}").json()
    assert now["examples"] == ["download as PDF", "a message that was confirmed"]
    saved = send(alice, path, {**mine, "edited": now["version"]})
    assert saved.json()["version"] not in (made["version"], now["version"])
    assert send(alice, path, {**mine, "edited": now["version"]}).status_code == 409


def test_a_retired_intent_is_gone_from_the_list(alice: Client) -> None:
    made = teach(alice, "Export a report", ["download as PDF"])
    assert send(alice, f"intents/{made['id']}/retire").json()["intents"] == []
    assert Intent.objects.get().retired_at is not None
    assert alice.get(f"/console/api/intents/{made['id']}").status_code == 404
    assert teach(alice, "Export a report", ["x"])["name"] == "export_a_report_2"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": "", "examples": []},
        {"title": "x" * 201, "examples": []},
        {"title": "x", "examples": "no list"},
        {"title": "x", "examples": [], "signs": ["everywhere"]},
    ],
)
def test_what_cannot_be_an_intent_is_refused(alice: Client, body: dict[str, Any]) -> None:
    assert send(alice, "intents", body).status_code == 400
    assert not Intent.objects.exists()


def test_one_click_confirms_sets_right_or_says_none(alice: Client, cast: Cast) -> None:
    made = teach(alice, "Export a report", ["download as PDF", "export to Excel"])
    first, second, third = (ask(cast, text) for text in ("export pls", "pdf??", "pizza"))
    (row, *_) = [one for one in read(alice, "intents/heard")["rows"] if one["text"] == "pdf??"]
    assert row["contact"] == "Vera"

    send(alice, f"intents/heard/{first.pk}", {"intent": made["id"]})
    taught = send(alice, f"intents/heard/{second.pk}", {"intent": made["id"], "teach": True}).json()
    send(alice, f"intents/heard/{third.pk}", {"intent": None})
    assert (taught["meant"], taught["by"]) == ("Export a report", "Alice")
    heard = read(alice, "intents/heard?settled=true")
    assert {one["text"] for one in heard["rows"]} == {"export pls", "pdf??", "pizza"}
    assert (heard["kept"]["confirmed"], heard["kept"]["strangers"]) == (2, 1)
    assert "pdf??" in read(alice, f"intents/{made['id']}")["examples"]
    assert read(alice, "intents/heard?outcome=all")["rows"] == []


def test_an_intent_of_another_workspace_cannot_be_meant(
    alice: Client, charlie: Client, cast: Cast
) -> None:
    theirs = teach(charlie, "Theirs", ["anything"])
    captured = ask(cast, "export pls")
    refused = send(alice, f"intents/heard/{captured.pk}", {"intent": theirs["id"]})
    assert refused.status_code == 404
    captured.refresh_from_db()
    assert captured.corrected_at is None


def test_a_cluster_becomes_an_intent(alice: Client, cast: Cast) -> None:
    for wish in WISHES:
        ask(cast, wish)
    assert read(alice, "unmet") == {"clusters": [], "looked_at": None}
    (cluster,) = send(alice, "unmet").json()["clusters"]
    assert cluster["current"] is True
    assert cluster["annual_revenue"] == "48000.00"
    whole = read(alice, f"unmet/{cluster['id']}")
    assert len(whole["messages"]) == cluster["size"] == len(WISHES)

    made = send(alice, f"unmet/{cluster['id']}/adopt", {"title": "See a Gantt chart"})
    assert made.status_code == 201
    assert len(made.json()["examples"]) == len(WISHES)
    settled = read(alice, f"unmet/{cluster['id']}")["cluster"]
    assert (settled["intent"], settled["settled_by"]) == ("See a Gantt chart", "Alice")


def test_what_is_put_aside_can_be_taken_up_again(alice: Client, cast: Cast) -> None:
    for wish in WISHES:
        ask(cast, wish)
    (cluster,) = send(alice, "unmet").json()["clusters"]
    assert send(alice, f"unmet/{cluster['id']}/aside").json()["settled_by"] == "Alice"
    assert send(alice, f"unmet/{cluster['id']}/aside").json()["settled_at"] is None


def test_articles_are_written_with_versions_and_found_as_one_types(alice: Client) -> None:
    made = send(alice, "articles", {"title": "Export", "body": "Press **Export**."}).json()
    address = f"articles/{made['id']}"
    second = {"title": "Export", "body": "Press *Download*.", "edited": 1}
    saved = send(alice, address, second).json()
    assert [(one["number"], one["by"]) for one in saved["versions"]] == [(2, "Alice"), (1, "Alice")]
    assert read(alice, f"{address}/versions/1")["body"] == "Press **Export**."
    assert alice.get(f"/console/api/{address}/versions/3").status_code == 404
    stale = send(alice, address, {**second, "body": "Mine."})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert read(alice, "articles/search?q=downl")["passages"][0]["text"] == "Press Download."
    assert read(alice, "articles/search?q=")["passages"] == []
    (use,) = read(alice, "articles")["articles"]
    assert (use["version"], use["answered"], use["idle"]) == (2, 0, False)


@pytest.mark.parametrize("body", [{}, {"title": "  ", "body": "x"}, {"title": "x", "body": None}])
def test_what_cannot_be_an_article_is_refused(alice: Client, body: dict[str, Any]) -> None:
    assert send(alice, "articles", body).status_code == 400


def test_the_escalation_says_what_they_are_after(alice: Client, scene: Scene, cast: Cast) -> None:
    teach(alice, "Export a report", ["download as PDF", "export to Excel"])
    send(alice, "articles", {"title": "Export a report", "body": "Press **Export** for a PDF."})
    text = "how do I export a report to PDF"
    address = f"escalations/{scene.escalation.pk}/understood"
    captured = capture_asked(
        workspace_id=cast.acme.pk,
        contact_id=cast.vera.pk,
        session_id=scene.escalation.session_id,
        text=text,
        at=timezone.now(),
    )
    note_answer(
        workspace_id=cast.acme.pk,
        contact_id=cast.vera.pk,
        text=text,
        answer=answer(workspace_id=cast.acme.pk, text=text),
        at=timezone.now(),
    )
    told = read(alice, address)
    assert told["visit"]["title"] == "Export a report"
    assert told["visit"]["evidence"][0]["captured_id"] == captured.pk
    assert told["passage"]["text"] == "Press Export for a PDF."
    assert told["passage"]["known"] is True
    assert told["message"]["id"] == captured.pk
    send(alice, f"intents/heard/{captured.pk}", {"intent": None})
    assert read(alice, address)["visit"] is None

"""One search over everything: by words, by meaning, and nothing of another workspace."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.console.scene import Scene
from vcsm.accounts.models import Contact
from vcsm.console.finding import find
from vcsm.console.finding.hit import cut, mark
from vcsm.conversations.models import Message
from vcsm.conversations.post import post_message
from vcsm.core.ask import NobodyAnswered
from vcsm.intent.classify import capture_asked
from vcsm.intent.taxonomy import save_intent
from vcsm.knowledge.articles import ArticleText, save_article


def look(client: Client, asked: str, by: str = "words") -> dict[str, list[dict[str, Any]]]:
    answer = client.get("/console/api/search", {"q": asked, "by": by})
    assert answer.status_code == 200, answer.content
    return {group["kind"]: group["hits"] for group in answer.json()["groups"]}


def say(scene: Scene, text: str) -> Message:
    return post_message(
        conversation=scene.conversation,
        author=Message.Author.CONTACT,
        text=text,
        now=timezone.now(),
    )


def write(scene: Scene, title: str, body: str) -> None:
    save_article(
        workspace_id=scene.cast.acme.pk,
        slug=title.lower().replace(" ", "-"),
        text=ArticleText(title, body, ""),
        at=timezone.now(),
    )


def test_it_works(scene: Scene, alice: Client) -> None:
    write(scene, "Export a report as PDF", "Open Reports and choose Export.")
    say(scene, "The export never finishes, Kestrel needs it today")
    found = look(alice, "exp")
    assert set(found) >= {"escalation", "message", "article", "intent"}
    hit = found["message"][0]
    start, end = hit["text_marks"][0]
    assert hit["text"][start:end] == "exp"
    assert hit["address"] == f"/console/escalations/{scene.escalation.pk}"
    assert look(alice, "kestrel")["account"][0]["title"] == "Kestrel Coffee"
    assert look(alice, "VERA")["contact"][0]["note"] == "Kestrel Coffee"
    assert look(alice, "coffee kestr")["account"]


def test_what_means_the_same_is_found_without_its_words(scene: Scene, alice: Client) -> None:
    write(scene, "Cancel your subscription", "You can end your plan at any time in Billing.")
    save_intent(
        workspace_id=scene.cast.acme.pk,
        name="leave",
        title="Cancel the plan",
        examples=["I want to stop paying", "end my subscription"],
    )
    message = say(scene, "I would like to terminate my subscription")
    capture_asked(
        workspace_id=scene.cast.acme.pk,
        contact_id=scene.cast.vera.pk,
        session_id=None,
        text=message.text,
        at=timezone.now(),
    )
    asked = "how do I quit my membership"
    assert look(alice, asked) == {}
    found = look(alice, asked, by="both")
    assert found["message"][0]["text"] == message.text
    assert {found[kind][0]["by"] for kind in found} == {"meaning"}
    assert "article" in found or "intent" in found
    assert look(alice, "the recipe of a chocolate cake", by="meaning") == {}


@pytest.mark.parametrize("asked", ["", "   ", "%", "_", "\\", "'; drop table x; --", "a" * 200])
def test_odd_questions_are_letters_and_no_patterns(asked: str, scene: Scene, alice: Client) -> None:
    assert look(alice, asked) == {}


def test_a_percent_sign_is_found_as_one(scene: Scene, alice: Client) -> None:
    say(scene, "we pay 20% VAT")
    assert look(alice, "20%")["message"][0]["text_marks"] == [[7, 10]]


def test_another_workspace_finds_nothing(scene: Scene, charlie: Client) -> None:
    say(scene, "a secret about Kestrel")
    for asked in ("kestrel", "vera", "secret", "export", str(scene.escalation.pk)):
        for by in ("words", "both"):
            assert look(charlie, asked, by) == {}


def test_anonymous_contacts_fill_no_list(scene: Scene, alice: Client) -> None:
    Contact.objects.create(workspace=scene.cast.acme, name="")
    assert "contact" not in look(alice, "anonymous")


def test_without_a_worker_words_are_still_found(
    scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: object) -> None:
        raise NobodyAnswered("No worker answered.")

    monkeypatch.setattr(find, "_near", nobody)
    answer = alice.get("/console/api/search", {"q": "kestrel", "by": "both"}).json()
    assert answer["unread"] == "No worker answered."
    assert answer["groups"]


def test_queries_do_not_grow_with_what_is_found(
    scene: Scene, alice: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        say(scene, f"export number {number}")
    with django_assert_max_num_queries(20):
        look(alice, "export")


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_marks_lie_within_the_text_and_do_not_overlap(text: str, words: list[str]) -> None:
    shown = cut(text, words)
    end = 0
    for start, stop in mark(shown, words):
        assert end <= start < stop <= len(shown)
        end = stop
    assert len(shown) <= 182

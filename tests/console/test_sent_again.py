"""A member sends again what was stored already, as the answer was lost: it is there once."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import NOON
from tests.console.scene import Scene
from vcsm.accounts.models import Member
from vcsm.escalation.desk import SAID_AGAIN, write_note
from vcsm.escalation.models import Note
from vcsm.knowledge.models import Article
from vcsm.success.models import Promise
from vcsm.success.promises import MADE_AGAIN, make_promise

pytestmark = pytest.mark.django_db


def post(client: Client, path: str, body: dict[str, object]) -> None:
    answer = client.post(path, body, content_type="application/json")
    assert answer.status_code in (200, 201), answer.content


def test_a_note(scene: Scene, alice: Client, bob: Client) -> None:
    for client in (alice, alice, bob):
        post(client, f"{scene.api}/notes", {"text": "Call Kestrel"})
    post(alice, f"{scene.api}/notes", {"text": "Call Kestrel again"})
    written = Note.objects.order_by("pk").values_list("member__name", "text")
    assert list(written) == [
        ("Alice", "Call Kestrel"),
        ("Bob", "Call Kestrel"),
        ("Alice", "Call Kestrel again"),
    ]


def test_a_promise(scene: Scene, alice: Client, bob: Client) -> None:
    body = {"text": "Send the template", "due_at": None}
    for client in (alice, alice, bob):
        post(client, f"{scene.api}/agreed", body)
    post(alice, f"{scene.api}/agreed", {**body, "due_at": "2030-01-01T00:00:00Z"})
    assert Promise.objects.count() == 3


def test_an_article(scene: Scene, alice: Client, bob: Client) -> None:
    body = {"title": "Export a report", "body": "Choose Export.", "url": "", "published": True}
    for client in (alice, alice, bob):
        post(client, "/console/api/articles", body)
    post(alice, "/console/api/articles", {**body, "body": "Choose Export, then PDF."})
    slugs = Article.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["export-a-report", "export-a-report-2", "export-a-report-3"]


def again_after(member: Member, scene: Scene, wait: timedelta) -> tuple[int, int]:
    """How many notes and promises there are when the same was said twice, so far apart."""
    for when in (NOON, NOON + wait):
        write_note(escalation_id=scene.escalation.pk, member_id=member.pk, text="Waiting", now=when)
        make_promise(contact=scene.cast.vera, member=member, text="Call", due_at=None, now=when)
    return Note.objects.count(), Promise.objects.count()


def test_what_is_said_again_later_is_meant(scene: Scene) -> None:
    assert SAID_AGAIN == MADE_AGAIN
    assert again_after(scene.cast.alice, scene, SAID_AGAIN / 2) == (1, 1)
    Note.objects.all().delete()
    Promise.objects.all().delete()
    assert again_after(scene.cast.alice, scene, SAID_AGAIN) == (2, 2)

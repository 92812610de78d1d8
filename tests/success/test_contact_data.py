"""Everything about one contact can be written out and erased, and nobody else's goes with it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.cast import NOON, Cast
from tests.console.scene import EXPORT, Scene, add_events, make_scene
from vcsm.accounts.contact_data import erase_contact, export_contact
from vcsm.accounts.models import Contact
from vcsm.audit.models import Entry
from vcsm.conversations.models import Attachment, Message
from vcsm.events import kinds
from vcsm.events.models import Event, Session
from vcsm.success.promises import make_promise


@pytest.fixture
def scene(cast: Cast) -> Scene:
    scene = make_scene(cast)
    make_promise(contact=cast.vera, member=cast.alice, text="Call", due_at=None, now=NOON)
    Attachment.objects.create(
        workspace=cast.acme,
        contact=cast.vera,
        browser=scene.session.browser,
        name="a.txt",
        kind="text/plain",
        size=2,
        data=b"hi",
        uploaded_at=NOON,
    )
    click = kinds.Click(at=int(NOON.timestamp() * 1000), page="/reports", click=9, element=EXPORT)
    add_events(scene.session, [click], sequence=77)
    return scene


def everything() -> dict[str, int]:
    """How many rows there are, by table, but for the audit and Django's own."""
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("audit_", "django_", "auth_")):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
                counts[table] = cursor.fetchone()[0]
    return counts


def test_it_works(scene: Scene) -> None:
    written = export_contact(scene.cast.vera)
    assert json.dumps(written)
    said = [row["text"] for row in written["conversations.message"]]
    assert "It does nothing" in said
    assert written["success.promise"][0]["text"] == "Call"
    assert written["conversations.attachment"][0]["data"] == "aGk="
    assert written["events.event"] and written["events.session"]
    assert {row["id"] for row in written["accounts.contact"]} == {scene.cast.vera.pk}


def test_nothing_is_left_of_who_is_erased_and_all_of_the_others(scene: Scene) -> None:
    omar = Contact.objects.create(workspace=scene.cast.acme, external_id="omar")
    theirs = scene.cast.session(omar)
    before = everything()
    erased = erase_contact(scene.cast.vera)
    after = everything()
    assert erased["conversations.message"] >= 1 and erased["events.event"] >= 1
    assert not Contact.objects.filter(external_id="vera").exists()
    assert not Event.objects.filter(session_id=scene.session.pk).exists()
    assert not Message.objects.filter(workspace=scene.cast.acme).exists()
    assert Session.objects.filter(pk=theirs.pk).exists()
    assert export_contact(omar)["events.session"]
    # Nothing that was written out is still there, in any table.
    for table, count in before.items():
        assert after[table] <= count
    assert after["accounts_contact"] == before["accounts_contact"] - 1


def test_the_command_says_what_it_found_and_leaves_a_note(scene: Scene) -> None:
    out = StringIO()
    call_command("contact_data", "export", scene.cast.acme.slug, "vera", stdout=out)
    assert json.loads(out.getvalue())["accounts.contact"][0]["name"] == "Vera"
    call_command("contact_data", "erase", scene.cast.acme.slug, "vera", stdout=StringIO())
    kinds_noted = Entry.objects.filter(workspace=scene.cast.acme).values_list("kind", flat=True)
    assert {"export", "erase"} <= set(kinds_noted)


@pytest.mark.parametrize(("workspace", "contact"), [("acme", "nobody"), ("globex", "vera")])
def test_who_is_not_there_is_a_clear_sentence(cast: Cast, workspace: str, contact: str) -> None:
    with pytest.raises(CommandError, match="There is no contact"):
        call_command("contact_data", "erase", workspace, contact)

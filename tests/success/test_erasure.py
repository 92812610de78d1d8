"""A marker goes wherever a contact can put a word; the contact is erased; no byte of it is left."""

import json
import re
import time
import urllib.request
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import redis
from django.conf import settings
from django.db import connection

from tests.cast import NOON, Cast
from tests.lessons import teach
from tests.replay.recorded import event, plain
from tests.stack import Stack
from tests.widget_client import WidgetClient, click, now_ms, rage, widget
from vcsm.accounts.contact_data import erase_contact, export_contact
from vcsm.accounts.models import Contact
from vcsm.conversations.models import Message
from vcsm.escalation.models import Escalation
from vcsm.events.models import Session
from vcsm.replay.models import ReplayAsk
from vcsm.replay.switch import turn_on
from vcsm.success.promises import make_promise

MARKER = "quetzalcoatl"
SAID = f"Can I talk to a person about {MARKER} please?"
KINDS = {"say", "file", "track", "search", "question", "error", "page", "name", "email", "replay"}


def marked(kind: str) -> str:
    return f"{MARKER}-{kind}"


def live_through(stack: Stack, cast: Cast, client: WidgetClient) -> Session:
    """A visit that leaves the marker by every way there is for a contact's words."""
    client.hello()
    identity = {"id": marked("id"), "name": marked("name"), "email": f"{marked('email')}@x.example"}
    client.send(type="identify", identity=identity)
    place = {"at": now_ms(), "page": f"/{MARKER}-page"}
    client.events(
        1,
        {**place, "type": "page", "title": marked("title")},
        {**place, "type": "track", "name": marked("track"), "properties": {MARKER: MARKER}},
        {**place, "type": "search", "query": f"{marked('search')} export", "results": 0},
        {**place, "type": "question", "text": marked("question")},
        {**place, "type": "error", "message": marked("error"), "source": f"/{MARKER}.js"},
        click(1, element=MARKER, page=f"/{MARKER}-page"),
        rage(element=MARKER, page=f"/{MARKER}-page"),
    )
    client.expect("ack")
    file = str(uuid4())
    send(stack, cast, client, f"/widget/file?id={file}&name={MARKER}.txt", marked("file").encode())
    client.send(type="say", id=marked("say"), text=SAID, page=f"/{MARKER}-page", files=[file])
    session = Session.objects.get(pk=client.session)
    turn_on(workspace_id=cast.acme.pk, by=None, now=NOON)
    ReplayAsk.objects.update_or_create(session=session, defaults={"asked_at": session.seen_at})
    send(
        stack,
        cast,
        client,
        f"/widget/replay?session={client.session}&sequence=1&at={now_ms()}",
        plain(event(text=marked("replay"))),
    )
    return session


def send(stack: Stack, cast: Cast, client: WidgetClient, path: str, body: bytes) -> None:
    headers = {"Origin": stack.origin, "x-vcsm-browser": client.browser}
    headers["Content-Type"] = "application/json"
    request = urllib.request.Request(
        f"{stack.origin}{path}&key={cast.key.key}", body, headers, method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status in (201, 204)


def in_tables() -> list[str]:
    """Tables with the marker in any column, as text or as bytes."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm') "
            "AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT 1 FROM {table} AS one WHERE one::text ILIKE ANY(%s) LIMIT 1",
                [[f"%{MARKER}%", f"%{MARKER.encode().hex()}%"]],
            )
            if cursor.fetchone():
                found.append(table)
    return found


def in_files() -> list[str]:
    """Files of the database's tables and indexes, written anew so that no dead row is in them."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL")
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database "
            "WHERE datname = current_database()"
        )
        folder, oid = cursor.fetchone()
    base = Path(folder) / "base" / str(oid)
    if not base.is_dir():
        pytest.skip("the database's files are on another machine")
    found = [one.name for one in base.iterdir() if MARKER.encode() in one.read_bytes().lower()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(pg_filenode_relation(0, split_part(name, '.', 1)::oid)::text, name) "
            "FROM unnest(%s::text[]) AS name",
            [found],
        )
        return [name for (name,) in cursor.fetchall()]


def in_valkey() -> list[str]:
    """Keys with the marker in their name or in what they hold."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    found = []
    for key in client.scan_iter():
        held = client.dump(key) or b""
        if MARKER.encode() in key + held:
            found.append(key.decode(errors="replace"))
    client.close()
    return found


def in_logs(stack: Stack) -> list[str]:
    home = Path(settings.HOME)
    kept = [one for one in home.rglob("*") if one.is_file() and "pgdata" not in one.parts]
    logs = [child.log for child in stack.children.values()]
    small = [one for one in (*kept, *logs) if one.stat().st_size < 50_000_000]
    database = re.compile(r"/(base|pg_wal|global)/")
    return [
        str(one)
        for one in small
        if not database.search(str(one)) and MARKER.encode() in one.read_bytes().lower()
    ]


def wait_for_workers(session: Session, browser: UUID) -> None:
    """Until the message is answered and the escalation it asks for is there."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        answered = not Message.objects.filter(
            conversation__browser_id=browser, author="contact", handled_at=None
        ).exists()
        if answered and Escalation.objects.filter(session=session).exists():
            return
        time.sleep(0.2)
    raise AssertionError("nobody answered")


def test_no_byte_of_an_erased_contact_is_left(stack: Stack, live_cast: Cast) -> None:
    teach(live_cast.acme)
    with widget(stack, live_cast.key.key) as client:
        session = live_through(stack, live_cast, client)
        wait_for_workers(session, UUID(client.browser))
        contact = Contact.objects.get(workspace=live_cast.acme, external_id=marked("id"))
        make_promise(
            contact=contact, member=live_cast.alice, text=marked("promise"), due_at=None, now=NOON
        )
        before = in_tables()
        assert len(before) >= 8, f"the marker has hardly gone anywhere: {before}"
        written: dict[str, Any] = export_contact(contact)
        told = json.dumps(written)
        missing = [kind for kind in KINDS - {"replay", "file"} if marked(kind) not in told]
        assert not missing and SAID in told, f"the export lacks {missing}"
        assert written["conversations.attachment"] and written["replay.replaychunk"]
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # so that the samples to plan by hold of all of it
        erase_contact(contact)
    assert in_tables() == []
    assert in_valkey() == []
    assert in_logs(stack) == []
    deadline = time.monotonic() + 60  # a worker takes new samples
    while (found := in_files()) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert found == []

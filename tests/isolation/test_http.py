"""Every address, every method, every object of Acme's, as an admin of Globex: nothing is learnt and
nothing is changed. And the widget's two HTTP doors, which stand beside Django."""

import asyncio
from contextlib import nullcontext
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client

from tests.cast import ORIGIN, Cast
from tests.isolation.calls import addresses, body, document, places
from tests.isolation.material import changes, read_material, rows_of
from tests.isolation.scene import Split, make_split
from vcsm.accounts.models import Member
from vcsm.config import asgi
from vcsm.console.api import escalations

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(cast: Cast) -> Split:
    return make_split(cast)


def sweep(split: Split, member: Member, only: str = "") -> tuple[list[str], list[str], int]:
    """What leaked and where; what changed of Acme's; how many calls were made."""
    acme = read_material(split.cast.acme.pk, known_to=split.cast.globex.pk)
    client = Client(raise_request_exception=False)
    client.force_login(member.user)
    told, leaked, calls = document(), [], 0
    for address in addresses():
        if only not in address.route or address.route.endswith(("logout", "login")):
            continue
        for place in places(address, acme):
            for method in address.methods:
                sent = body(address, method, told, acme)
                given = {"q": "zanzibar1", "period": "30d"} if method == "get" else sent
                kind = {} if method == "get" else {"content_type": "application/json"}
                answer = getattr(client, method)(place, given, **kind)
                calls += 1
                assert answer.status_code < 500 or answer.status_code == 503, (method, place)
                if place.startswith("/console/"):
                    assert "no-store" in answer.get("Cache-Control", ""), (method, place)
                seen = answer.getvalue().decode(errors="replace")
                found = [one for one in acme.leaks(seen) if one not in f"{place}{given}"]
                leaked += [f"{method} {place}: {one}" for one in found]
    return leaked, changes(acme.rows, rows_of(split.cast.acme.pk)), calls


@pytest.mark.timeout(600)
def test_nothing_of_acme_is_learnt_or_changed_from_globex(split: Split) -> None:
    leaked, changed, calls = sweep(split, split.cast.charlie)
    assert not leaked and not changed
    assert calls > 120


def test_acmes_own_admin_learns_and_changes_with_the_same_calls(split: Split) -> None:
    """So the calls are such that a leak would show."""
    leaked, changed, _ = sweep(split, split.cast.bob, only="console/api/escalations")
    assert leaked and changed


def test_it_finds_a_filter_that_is_taken_out(split: Split, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both walls of one view: its own filter, and the database's."""
    monkeypatch.setattr("vcsm.console.scope.in_workspace", lambda _: nullcontext())
    assert sweep(split, split.cast.charlie, only="console/api/escalations")[0] == []
    monkeypatch.setattr(escalations, "member_of", lambda request: split.cast.alice)
    assert sweep(split, split.cast.charlie, only="console/api/escalations")[0]


async def knock(path: str, method: str, key: str, query: str, browser: str) -> bytes:
    """One request to a door, with everything it says of itself."""
    answer: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": method,
        "path": f"/{path}",
        "query_string": f"key={key}&{query}".encode(),
        "headers": [
            (b"origin", ORIGIN.encode()),
            (b"x-vcsm-browser", browser.encode()),
            (b"content-type", b"application/json"),
        ],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"[]", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        answer.append(message)

    await asyncio.wait_for(asgi.application(scope, receive, send), 20)
    return b"".join([*(repr(one).encode() for one in answer)])


def test_the_widgets_doors(split: Split, in_this_thread: None) -> None:
    acme = read_material(split.cast.acme.pk, known_to=split.cast.globex.pk)
    files = list(acme.rows["conversations.Attachment"])
    browsers = list(acme.rows["accounts.Browser"])
    doors = [str(page.pattern) for page in asgi.pages if str(page.pattern).startswith("widget/")]
    assert {"widget/file", "widget/replay"} <= set(doors)

    def try_all(key: str) -> str:
        seen = b""
        for door in doors:
            for browser in browsers:
                for one in (*files, *acme.rows["events.Session"]):
                    said = f"id={one}&session={one}&sequence=1&at=0&name=a.txt"
                    for method in ("GET", "POST"):
                        seen += async_to_sync(knock)(door, method, key, said, str(browser))
        return seen.decode(errors="replace")

    assert not acme.leaks(try_all(split.cast.globex_key.key))
    assert not changes(acme.rows, rows_of(split.cast.acme.pk))
    assert acme.leaks(try_all(split.cast.key.key)), "the same calls of Acme's own find the file"

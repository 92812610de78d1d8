"""`POST /widget/replay` on the real server, as strangers' browsers reach it."""

import gzip
import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from tests.cast import Cast
from tests.replay.recorded import NOON_MS, event, packed, plain
from tests.stack import Stack
from vcsm.events.models import Session
from vcsm.replay.models import ReplayAsk, ReplayChunk
from vcsm.replay.switch import turn_off, turn_on
from vcsm.replay.unpack import MAX_PACKED, MAX_UNPACKED

FOREIGN = "https://evil.example"


@dataclass
class Sender:
    """A widget whose session was asked for its replay."""

    stack: Stack
    cast: Cast
    session: Session

    def send(
        self,
        body: bytes,
        *,
        method: str = "POST",
        headers: dict[str, str] | None = None,
        **more: str,
    ) -> tuple[int, dict[str, str], bytes]:
        query = {
            "key": self.cast.key.key,
            "session": str(self.session.id),
            "sequence": "1",
            "at": str(NOON_MS),
            **more,
        }
        sent = {
            "origin": self.stack.origin,
            "content-type": "application/gzip",
            "x-vcsm-browser": str(self.session.browser_id),
            **(headers or {}),
        }
        wire = http.client.HTTPConnection("127.0.0.1", self.stack.port, timeout=30)
        try:
            wire.request(method, f"/widget/replay?{urlencode(query)}", body, sent)
            answer = wire.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            wire.close()

    def chunks(self) -> list[ReplayChunk]:
        return list(ReplayChunk.objects.filter(session=self.session).order_by("sequence"))


@pytest.fixture
def sender(stack: Stack, live_cast: Cast, django_db_blocker: object) -> Iterator[Sender]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        turn_on(workspace_id=live_cast.acme.pk, by=None, now=datetime.now(UTC))
        session = live_cast.session()
        ReplayAsk.objects.create(session=session, asked_at=datetime.now(UTC))
        yield Sender(stack, live_cast, session)


def test_it_works(sender: Sender) -> None:
    body = packed(event(0, 4), event(0, 2), event(2000))
    status, headers, _ = sender.send(body)

    assert status == 204
    assert headers["access-control-allow-origin"] == sender.stack.origin
    assert "access-control-allow-credentials" not in headers
    (chunk,) = sender.chunks()
    assert bytes(chunk.body) == body
    assert chunk.events == 3
    assert chunk.ended_at - chunk.started_at == timedelta(seconds=2)
    assert abs(chunk.started_at - chunk.received_at) < timedelta(seconds=1)


def test_the_same_chunk_again_is_stored_once(sender: Sender) -> None:
    assert sender.send(packed(event(1)))[0] == 204
    assert sender.send(packed(event(2)))[0] == 204
    assert sender.send(packed(event(3)), sequence="2")[0] == 204
    assert [bytes(chunk.body) for chunk in sender.chunks()] == [packed(event(1)), packed(event(3))]


def test_a_browser_that_cannot_compress(sender: Sender) -> None:
    status, _, _ = sender.send(plain(event()), headers={"content-type": "application/json"})
    assert status == 204
    assert gzip.decompress(sender.chunks()[0].body) == plain(event())


def test_a_preflight_says_what_may_be_sent(sender: Sender) -> None:
    status, headers, _ = sender.send(b"", method="OPTIONS")
    assert status == 204
    assert headers["access-control-allow-headers"] == "content-type, x-vcsm-browser"
    assert headers["access-control-allow-methods"] == "POST"


@pytest.mark.parametrize("method", ["OPTIONS", "POST"])
@pytest.mark.parametrize("origin", [FOREIGN, "null", ""])
def test_a_foreign_origin_is_refused_and_told_nothing(
    sender: Sender, method: str, origin: str
) -> None:
    status, headers, _ = sender.send(packed(event()), method=method, headers={"origin": origin})
    assert status == 403
    assert not [name for name in headers if name.startswith("access-control")]
    assert sender.chunks() == []


def test_another_workspaces_key_is_refused(sender: Sender) -> None:
    status, _, body = sender.send(packed(event()), key=sender.cast.globex_key.key)
    assert (status, b"wrong_session" in body) == (403, True)
    assert sender.chunks() == []


def test_another_browser_is_refused(sender: Sender) -> None:
    other = str(sender.cast.session().browser_id)
    status, _, body = sender.send(packed(event()), headers={"x-vcsm-browser": other})
    assert (status, b"wrong_session" in body) == (403, True)
    assert sender.chunks() == []


def test_unasked_is_refused(sender: Sender) -> None:
    ReplayAsk.objects.all().update(asked_at=datetime.now(UTC) - timedelta(minutes=11))
    status, _, body = sender.send(packed(event()))
    assert (status, b"not_asked" in body) == (409, True)


def test_turned_off_is_refused(sender: Sender) -> None:
    turn_off(workspace_id=sender.cast.acme.pk)
    status, _, body = sender.send(packed(event()))
    assert (status, b"replay_off" in body) == (403, True)


def test_a_bomb_is_refused(sender: Sender) -> None:
    bomb = gzip.compress(b"[" + b" " * (3 * MAX_UNPACKED), 9)
    status, headers, body = sender.send(bomb)
    assert (status, b"too_large_unpacked" in body) == (413, True)
    assert headers["access-control-allow-origin"] == sender.stack.origin
    assert sender.chunks() == []


def test_more_than_may_be_sent_is_refused_by_its_length(sender: Sender) -> None:
    status, _, body = sender.send(b"", headers={"content-length": str(MAX_PACKED + 1)})
    assert (status, b"too_large" in body) == (413, True)


def test_a_length_that_lies_does_not_help(sender: Sender) -> None:
    wire = http.client.HTTPConnection("127.0.0.1", sender.stack.port, timeout=30)
    query = urlencode(
        {"key": sender.cast.key.key, "session": sender.session.id, "sequence": 1, "at": NOON_MS}
    )
    headers = {
        "origin": sender.stack.origin,
        "content-type": "application/gzip",
        "x-vcsm-browser": str(sender.session.browser_id),
    }
    pieces = (b"x" * 65_536 for _ in range(MAX_PACKED // 65_536 + 1))
    wire.request("POST", f"/widget/replay?{query}", pieces, headers, encode_chunked=True)
    answer = wire.getresponse()
    assert (answer.status, b"too_large" in answer.read()) == (413, True)
    wire.close()
    assert sender.chunks() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"session": "x"},
        {"session": ""},
        {"sequence": "0"},
        {"sequence": "-1"},
        {"sequence": "1e3"},
        {"sequence": "99999999999"},
        {"at": ""},
        {"at": "99999999999999"},
    ],
)
def test_a_wrong_field_is_refused(sender: Sender, wrong: dict[str, str]) -> None:
    status, _, body = sender.send(packed(event()), **wrong)
    assert (status, b"invalid" in body) == (400, True)


@pytest.mark.parametrize("browser", ["", "x", "' or 1=1 --"])
def test_a_wrong_browser_is_refused(sender: Sender, browser: str) -> None:
    assert sender.send(packed(event()), headers={"x-vcsm-browser": browser})[0] == 400


def test_other_methods_and_kinds_are_refused(sender: Sender) -> None:
    assert sender.send(b"", method="GET")[0] == 405
    assert sender.send(packed(event()), headers={"content-type": "text/plain"})[0] == 415
    assert sender.chunks() == []

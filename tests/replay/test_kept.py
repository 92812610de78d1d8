"""When a session is asked, what is kept of it, for how long, and who reads it."""

import gzip
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import NOON, Cast
from tests.console.conftest import signed_in
from tests.console.scene import Scene, make_scene
from tests.replay.recorded import event, packed
from vcsm.events.models import Session
from vcsm.replay import store
from vcsm.replay.ask import OPEN_FOR, PAUSE, ask_for_replay, is_asked
from vcsm.replay.models import ReplayAsk, ReplayChunk
from vcsm.replay.read import next_chunk, read_span
from vcsm.replay.retention import drop_old
from vcsm.replay.store import NotAccepted, store_chunk
from vcsm.replay.switch import is_on, turn_off, turn_on
from vcsm.replay.unpack import unpack_replay


@pytest.fixture
def session(cast: Cast) -> Session:
    """Of a workspace that records, asked at noon."""
    turn_on(workspace_id=cast.acme.pk, by=cast.bob, now=NOON)
    session = cast.session()
    assert ask_for_replay(session, NOON)
    return session


def keep(session: Session, sequence: int, *offsets: int) -> bool:
    body = packed(*[event(offset) for offset in offsets or (0,)])
    chunk = unpack_replay(body, packed=True)
    return store_chunk(session=session, sequence=sequence, chunk=chunk, offset_ms=500, now=NOON)


def test_it_works(session: Session) -> None:
    assert keep(session, 1, 0, 30_000)
    assert keep(session, 3, 30_001, 61_000)
    span = read_span(session.id)
    assert span is not None
    assert (span.chunks, span.events) == (2, 4)
    assert span.started_at == NOON + timedelta(milliseconds=500)
    assert span.ended_at == NOON + timedelta(seconds=61, milliseconds=500)
    second = next_chunk(session_id=session.id, after=1)
    assert second is not None
    assert second.sequence == 3
    assert next_chunk(session_id=session.id, after=3) is None


def test_a_workspace_that_does_not_record_is_not_asked(cast: Cast) -> None:
    assert not ask_for_replay(cast.session(), NOON)
    assert not ReplayAsk.objects.exists()


def test_asked_again_only_after_a_pause(session: Session) -> None:
    assert not ask_for_replay(session, NOON + PAUSE / 2)
    assert ask_for_replay(session, NOON + PAUSE)


def test_an_ask_does_not_last(session: Session) -> None:
    assert is_asked(session.id, NOON + OPEN_FOR - timedelta(seconds=1))
    assert not is_asked(session.id, NOON + OPEN_FOR)


def test_one_session_cannot_fill_the_disk(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_CHUNKS", 2)
    assert keep(session, 1)
    assert keep(session, 2)
    assert not keep(session, 2)  # a resend is no refusal
    with pytest.raises(NotAccepted) as caught:
        keep(session, 3)
    assert caught.value.code == "full"
    monkeypatch.setattr(store, "MAX_CHUNKS", 9)
    monkeypatch.setattr(store, "MAX_BYTES", 150)
    with pytest.raises(NotAccepted):
        keep(session, 3)


def test_what_is_old_goes_and_the_rest_stays(session: Session) -> None:
    keep(session, 1)
    keep(session, 2)
    ReplayChunk.objects.filter(sequence=1).update(received_at=NOON - timedelta(days=31))
    assert drop_old(before=NOON - timedelta(days=30)) == 1
    assert [chunk.sequence for chunk in ReplayChunk.objects.all()] == [2]
    assert ReplayAsk.objects.exists()


def test_the_task_uses_the_setting(session: Session, settings: object) -> None:
    from tasks.replay import drop_old as task

    keep(session, 1)  # received at NOON, which is long ago
    settings.VCSM_REPLAY_RETENTION_DAYS = 100_000  # type: ignore[attr-defined]
    task()
    assert ReplayChunk.objects.exists()
    settings.VCSM_REPLAY_RETENTION_DAYS = 1  # type: ignore[attr-defined]
    ReplayChunk.objects.update(received_at=NOON - timedelta(days=3650))
    task()
    assert not ReplayChunk.objects.exists()


def test_the_switch_on_the_command_line(cast: Cast, session: Session) -> None:
    keep(session, 1)
    said = StringIO()
    call_command("record_sessions", "acme", "off", "--forget", stdout=said)
    assert "off" in said.getvalue()
    assert not is_on(cast.acme.pk)
    assert not ReplayChunk.objects.exists()
    call_command("record_sessions", "acme", "on", stdout=said)
    assert is_on(cast.acme.pk)
    assert not is_on(cast.globex.pk)
    with pytest.raises(CommandError):
        call_command("record_sessions", "nobody", "on")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return make_scene(cast)


def recorded(scene: Scene) -> str:
    turn_on(workspace_id=scene.cast.acme.pk, by=None, now=NOON)
    ask_for_replay(scene.session, NOON)
    keep(scene.session, 4, 0, 10)
    return f"{scene.api}/replay"


def test_a_member_reads_it_chunk_by_chunk(scene: Scene) -> None:
    api, alice = recorded(scene), signed_in(scene.cast.alice)

    summary = alice.get(api).json()
    chunk = alice.get(f"{api}/chunk")
    end = alice.get(f"{api}/chunk", {"after": chunk["X-Replay-Sequence"]})

    assert (summary["recording"], summary["span"]["events"]) == (True, 2)
    assert gzip.decompress(chunk.content) == gzip.decompress(packed(event(0), event(10)))
    assert (chunk["Content-Encoding"], chunk["X-Replay-Offset"]) == ("gzip", "500")
    assert "no-store" in chunk["Cache-Control"]
    assert end.status_code == 204


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999"])
def test_a_wrong_cursor_is_refused(scene: Scene, after: str) -> None:
    api = recorded(scene)
    assert signed_in(scene.cast.alice).get(f"{api}/chunk", {"after": after}).status_code == 400


def test_charlie_gets_nothing_of_it(scene: Scene) -> None:
    api, charlie = recorded(scene), signed_in(scene.cast.charlie)
    for address in (api, f"{api}/chunk", f"/console/replay/{scene.escalation.pk}"):
        assert charlie.get(address).status_code == 404
        assert Client().get(address).status_code == 403


def test_only_the_players_page_may_have_inline_styles(scene: Scene) -> None:
    recorded(scene)
    alice = signed_in(scene.cast.alice)
    player = alice.get(f"/console/replay/{scene.escalation.pk}")
    console = alice.get("/console/")

    policy = player["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert player["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe" not in console["Content-Security-Policy"]
    assert console["X-Frame-Options"] == "DENY"


def test_turned_off_what_is_stored_can_still_be_read(scene: Scene) -> None:
    """What is stored stays readable until its time; `recording` says that no more will come."""
    api = recorded(scene)
    turn_off(workspace_id=scene.cast.acme.pk)
    summary = signed_in(scene.cast.alice).get(api).json()
    assert summary["recording"] is False
    assert summary["span"]["chunks"] == 1

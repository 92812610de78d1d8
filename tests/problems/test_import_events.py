"""Segment-shaped history: stored once, whatever is wrong with the file."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.accounts.models import Contact
from vcsm.events.models import Event, Session
from vcsm.friction.models import FrictionSignal
from vcsm.problems.import_events import Imported, import_lines
from vcsm.problems.models import Hit, Rate
from vcsm.problems.segment_lines import NotALine, read_line


def line(number: int, **more: object) -> bytes:
    return json.dumps(
        {
            "type": "page",
            "messageId": f"m{number}",
            "anonymousId": "anna",
            "timestamp": (NOON + timedelta(seconds=number)).isoformat(),
            "properties": {"path": "/cards?x=1"},
            **more,
        }
    ).encode()


def history() -> list[bytes]:
    search = {"type": "track", "event": "Products Searched", "context": {"page": {"path": "/s"}}}
    return [
        line(0, type="identify", userId="u1", traits={"name": "Uma", "email": "u@x.example"}),
        line(1, type="group", userId="u1", groupId="g1", traits={"name": "Grove", "plan": "Pro"}),
        *(line(number, userId="u1") for number in range(2, 6)),
        *(
            line(number, userId="u1", **search, properties={"query": f"vat {number}", "results": 0})
            for number in (20, 40, 60)
        ),
        line(90),
    ]


def run(cast: Cast, lines: Iterator[bytes] | list[bytes]) -> Imported:
    return import_lines(cast.acme, lines, tell=lambda done: None)


def test_it_works(cast: Cast) -> None:
    done = run(cast, history())
    assert (done.lines, done.events, done.sessions, done.unreadable) == (10, 8, 2, 0)
    uma = Contact.objects.get(workspace=cast.acme, external_id="u1")
    assert (uma.name, uma.account and uma.account.plan) == ("Uma", "Pro")
    assert FrictionSignal.objects.get(contact=uma).kind == "search_struggle"
    assert Hit.objects.filter(workspace=cast.acme, segment__name="Pro").exists()
    assert Event.objects.filter(workspace=cast.acme, page="/cards").count() == 5


def test_again_stores_nothing_twice(cast: Cast) -> None:
    run(cast, history())
    rates = sorted(Rate.objects.values_list("place_id", "sessions", "signals"))
    again = run(cast, history())
    assert (again.events, again.known_already) == (0, 2)
    assert sorted(Rate.objects.values_list("place_id", "sessions", "signals")) == rates
    assert Event.objects.filter(workspace=cast.acme).count() == 8


def test_it_goes_on_after_a_crash(cast: Cast) -> None:
    lines = [line(number * 86_400, userId="u1") for number in range(8)]

    def broken() -> Iterator[bytes]:
        yield from lines[:6]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        run(cast, broken())
    before = Session.objects.filter(workspace=cast.acme).count()
    run(cast, lines)
    assert 0 < before < 8
    assert Session.objects.filter(workspace=cast.acme).count() == 8
    assert Event.objects.filter(workspace=cast.acme).count() == 8


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not an object"),
        (b'{"type": "page"}', "neither userId"),
        (b'{"type": "page", "userId": "u"}', "no timestamp"),
        (b'{"type": "page", "userId": "u", "timestamp": "soon"}', "no time"),
        (b'{"type": "x", "userId": "u", "timestamp": "2026-06-01T00:00:00Z"}', "none of page"),
    ],
)
def test_what_cannot_be_read_is_said(text: bytes, why: str, cast: Cast) -> None:
    with pytest.raises(NotALine, match=why):
        read_line(text)
    done = run(cast, [text, line(1), b"\n"])
    assert (done.unreadable, done.sessions) == (1, 1)
    assert why in done.told[0]

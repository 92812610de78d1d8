"""Segment-shaped history: stored once, whatever is wrong with the file."""

import gzip
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOON, Cast
from vcsm.accounts.models import Account, Contact
from vcsm.events.models import Batch, Event, Session
from vcsm.events.page_names import page_of
from vcsm.friction.models import FrictionSignal
from vcsm.problems import import_file, import_visit
from vcsm.problems.import_events import Imported, import_lines
from vcsm.problems.import_file import read_lines
from vcsm.problems.models import Hit, Rate
from vcsm.problems.roll_up import forget_visits
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
        (b'{"type": "page", "userId": "u", "timestamp": "soon"}', "not a time"),
        (b'{"type": "x", "userId": "u", "timestamp": "2026-06-01T00:00:00Z"}', "none of page"),
    ],
)
def test_what_cannot_be_read_is_said(text: bytes, why: str, cast: Cast) -> None:
    with pytest.raises(NotALine, match=why):
        read_line(text)
    done = run(cast, [text, line(1), b"\n"])
    assert (done.unreadable, done.sessions) == (1, 1)
    assert why in done.told[0]


def rates() -> list[tuple[int, int, int]]:
    rows = Rate.objects.exclude(sessions=0, signals=0)
    return sorted(rows.values_list("place_id", "sessions", "signals"))


def test_files_that_overlap_make_the_same_history_as_one(cast: Cast) -> None:
    """As exports by the hour do, also when the next one comes days later."""
    lines = history()
    run(cast, lines[:7])
    forget_visits(now=NOON + timedelta(days=30))
    run(cast, lines[3:])
    run(cast, lines[5:8])
    parts = rates()
    signals = list(FrictionSignal.objects.order_by("key").values_list("key", "count", "severity"))
    assert Event.objects.filter(workspace=cast.acme).count() == 8

    whole = import_lines(cast.globex, lines, tell=lambda done: None)
    of_globex = Rate.objects.filter(workspace=cast.globex)
    assert whole.events == 8
    assert sorted(one[1:] for one in parts) == sorted(of_globex.values_list("sessions", "signals"))
    again = FrictionSignal.objects.filter(workspace=cast.globex).order_by("key")
    assert signals == list(again.values_list("key", "count", "severity"))
    assert signals


def test_a_message_sent_again_is_one_and_equal_ones_of_their_own_are_many(cast: Cast) -> None:
    added = {"type": "track", "event": "Item Added", "timestamp": NOON.isoformat()}
    lines = [line(1, **added), line(2, **added), line(1, **added, sentAt=NOON.isoformat())]
    done = run(cast, lines)
    assert done.events == 2
    assert run(cast, [*lines, line(3, **added)]).events == 1
    assert Event.objects.filter(workspace=cast.acme).count() == 3


def test_a_day_of_more_events_than_one_batch_holds_loses_none(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_visit, "MOST_IN_A_BATCH", 4)
    run(cast, [line(number) for number in range(10)])
    assert Event.objects.filter(workspace=cast.acme).count() == 10
    assert sorted(Batch.objects.values_list("events", flat=True)) == [2, 4, 4]


@pytest.mark.parametrize(
    "packed",
    [
        b"\xef\xbb\xbf" + b"\n".join(history()),
        b"\r\n".join(history()) + b"\r\n",
        gzip.compress(b"\n".join(history())),
        gzip.compress(b"\n".join(history()[:5]) + b"\n") + gzip.compress(b"\n".join(history()[5:])),
        b"\n\n  \n" + b"\n".join(history()),
    ],
    ids=["a mark first", "CRLF", "gzip", "gzip in pieces", "blank lines"],
)
def test_however_it_is_packed(packed: bytes, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "history"
    file.write_bytes(packed)
    said = io.StringIO()
    call_command("import_events", str(file), workspace=cast.acme.slug, stdout=said)
    assert said.getvalue().startswith("8 events in 2 sessions")
    assert "0 lines unreadable" in said.getvalue()


def test_a_file_that_ends_before_its_time_is_said_and_what_was_before_stays(
    cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "history.gz"
    file.write_bytes(gzip.compress(b"\n".join(line(one) for one in range(3_000)))[:-400])
    with pytest.raises(CommandError, match="broken from here on"):
        call_command("import_events", str(file), workspace=cast.acme.slug, stdout=io.StringIO())
    stored = Event.objects.filter(workspace=cast.acme).count()
    assert 0 < stored < 3_000
    file.write_bytes(gzip.compress(b"\n".join(line(one) for one in range(3_000))))
    call_command("import_events", str(file), workspace=cast.acme.slug, stdout=io.StringIO())
    assert Event.objects.filter(workspace=cast.acme).count() == 3_000


@pytest.mark.parametrize(
    ("name", "bytes_", "why"),
    [
        ("nothing.jsonl", None, "No such file"),
        ("utf-16.jsonl", '{"type": "page"}'.encode("utf-16"), "UTF-16"),
        ("history.zip", b"PK\x03\x04", "zip"),
        ("letter.txt", b"Dear all,\n\nhere it is.\n", "None of its 3 lines can be read"),
        ("list.json", b'[\n{"type": "page", "userId": "u"},\n{}\n]\n', "None of its 4 lines"),
    ],
)
def test_a_file_that_is_none_is_said(
    name: str, bytes_: bytes | None, why: str, cast: Cast, tmp_path: Path
) -> None:
    if bytes_ is not None:
        (tmp_path / name).write_bytes(bytes_)
    with pytest.raises(CommandError, match=why):
        call_command("import_events", str(tmp_path / name), workspace=cast.acme.slug)


def test_a_line_without_end_is_not_held_in_memory(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "LONGEST_LINE", 1_000)
    text = line(1) + b"\n" + b"x" * 5_500 + b"\n" + line(2)
    found = list(read_lines(io.BufferedReader(io.BytesIO(text))))
    assert [len(one) for one in found[1:2]] == [1_000]
    done = run(cast, found)
    assert (done.lines, done.events, done.unreadable) == (3, 2, 1)


@pytest.mark.parametrize(
    "told",
    [
        "2026-06-01T12:00:00Z", "2026-06-01T12:00:00.000Z", "2026-06-01T14:00:00+02:00",
        "2026-06-01T12:00:00.000000123Z", "2026-06-01 12:00:00 UTC", "2026-06-01 14:00:00 +0200",
        "2026-06-01T12:00:00", "20260601T120000Z", "Mon, 01 Jun 2026 12:00:00 GMT",
        "Mon, 01 Jun 2026 14:00:00 +0200", 1780315200, 1780315200.0, "1780315200",
        1780315200000, "1780315200000", 1780315200000000, 1780315200000000000,
    ],
)  # fmt: skip
def test_a_moment_in_whatever_form(told: object) -> None:
    assert read_line(line(0, timestamp=told)).at == NOON


@pytest.mark.parametrize(
    "told",
    [True, [], {}, "01/06/2026", "26-06-01", 12, -1, 1e300, "9" * 19, "1970-01-01T00:00:00Z",
     "2026-13-01", "Mon, 99 Jun 2026"],
)  # fmt: skip
def test_what_is_no_moment(told: object) -> None:
    with pytest.raises(NotALine, match="is not a time"):
        read_line(line(0, timestamp=told))


@pytest.mark.parametrize(
    ("sent", "received", "at"),
    [
        (10, 3610, 3600),  # its clock is an hour behind
        (-86_390, 10, 86_400),  # a day ahead, and sent after ten seconds
        (None, 3610, 0),
        (10, None, 0),
        ("soon", 3610, 0),
    ],
)
def test_a_clock_that_is_off_is_set_right_as_segment_does(
    sent: int | str | None, received: int | None, at: int
) -> None:
    """What was told has no `timestamp` yet: it is what that would be."""
    began = NOON if at < 86_400 else NOON - timedelta(days=1)

    def moment(seconds: object) -> object:
        after = isinstance(seconds, int)
        return (NOON + timedelta(seconds=seconds)).isoformat() if after else seconds  # type: ignore[arg-type]

    raw = {"originalTimestamp": began.isoformat(), "sentAt": moment(sent)}
    found = read_line(line(0, timestamp=None, receivedAt=moment(received), **raw))
    assert found.at == began + timedelta(seconds=at)


def test_what_has_not_come_yet_is_refused(cast: Cast) -> None:
    ahead = datetime.now(NOON.tzinfo) + timedelta(days=2)
    done = run(cast, [line(1), line(2, timestamp=ahead.isoformat())])
    assert (done.events, done.unreadable) == (1, 1)
    assert "has not come yet" in done.told[0]


@pytest.mark.parametrize(
    ("path", "address", "page"),
    [
        ("/cards?x=1", "", "/cards"),
        ("/cards/4711/pay", "", "/cards/:id/pay"),
        ("/people/ann@x.example", "", "/people/:id"),
        ("/a/0123456789abcdef", "", "/a/:id"),
        ("/app", "https://x.example/app#/cards/12?tab=1", "/app#/cards/:id"),
        ("", "https://x.example/cards/7?x=1#top", "/cards/:id"),
        ("", "https://[x", ""),
        ("/cards#top", "", "/cards"),
        ("/app#/cards/9", "", "/app#/cards/:id"),
        ("/v2/reports", "", "/v2/reports"),
    ],
)
def test_a_page_is_called_as_the_widget_calls_it(path: str, address: str, page: str) -> None:
    assert page_of(path, address) == page
    found = read_line(line(0, properties={"path": path, "url": address}, name=""))
    assert found.event is not None and found.event.page == (page or "/")


def test_who_somebody_is_told_by_any_call(cast: Cast) -> None:
    run(
        cast,
        [
            line(1, userId=42, context={"groupId": "g", "traits": {"email": "a@x.example"}}),
            line(2, type="Group", userId=42, groupId="g", traits={"name": "Grove" * 60}),
            line(3, type="identify", userId=42, traits={"firstName": "Ada", "lastName": "L"}),
            line(4, type="track", userId=42, event="Nul\x00", properties={"a\x00": "\x00b"}),
            line(5, type="track", userId=42, event="Big", properties={"n": 10**30, "m": 2.5}),
            line(6, type="track", userId=42),
            line(7, userId=True),
        ],
    )
    ada = Contact.objects.get(workspace=cast.acme, external_id="42")
    assert (ada.name, ada.email) == ("Ada L", "a@x.example")
    assert ada.account is not None and ada.account.name.startswith("GroveGrove")
    names = [one.body.get("name") for one in Event.objects.filter(kind="track")]
    assert sorted(names) == ["Big", "Nul"]


def test_money_in_whatever_currency_counts_for_no_account(cast: Cast) -> None:
    """Who would add pounds to the workspace's own, or let a file say whose call comes first?"""
    paid = {"arr": 9_000, "mrr": 750, "annual_revenue": 9_000, "currency": "GBP", "plan": "Pro"}
    order = {"path": "/cards", "revenue": 120.5, "currency": "GBP"}
    lines = [
        line(1, type="group", userId="u1", groupId="g1", traits=paid),
        line(2, type="track", userId="u1", event="Order Completed", properties=order),
        line(3, type="group", userId="u1", groupId="kestrel", traits=paid),
    ]
    assert run(cast, lines).unreadable == 0
    kept = dict(Account.objects.filter(workspace=cast.acme).values_list("name", "annual_revenue"))
    assert kept == {"g1": None, "Kestrel Coffee": 48_000}
    told = Event.objects.get(workspace=cast.acme, kind="track").body["properties"]
    assert (told["revenue"], told["currency"]) == (120.5, "GBP")


def test_what_the_product_itself_has_told_since_is_newer(cast: Cast) -> None:
    other = Account.objects.create(workspace=cast.acme, external_id="now", name="Now")
    Contact.objects.create(
        workspace=cast.acme, external_id="u1", name="Uma Now", account=other, told_at=NOON
    )
    run(cast, history())
    uma = Contact.objects.get(workspace=cast.acme, external_id="u1")
    assert (uma.name, uma.account, uma.email) == ("Uma Now", other, "u@x.example")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
KEYS = (
    "type", "userId", "anonymousId", "previousId", "timestamp", "sentAt", "originalTimestamp",
    "receivedAt", "event", "properties", "context", "traits",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), JSON) | JSON, st.binary(max_size=40))
def test_whatever_stands_in_a_line_it_is_read_or_refused(found: object, rubbish: bytes) -> None:
    for text in (json.dumps(found).encode(), rubbish, b"[" * 100_000):
        try:
            read_line(text)
        except NotALine as error:
            assert str(error)

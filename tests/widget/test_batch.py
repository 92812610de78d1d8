"""The text of a batch that is stored as it came says exactly what the detectors saw."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.ledger import pack
from vcsm.events.sessions import decode_events
from widget.batch import Batch, read_frame
from widget.protocol import MAX_FRAME, Events, Refused, parse_frame
from widget.road import open_connection

CLICK = '{"type":"click","at":1,"click":2,"element":{"id":"b"}}'
AS_WRITTEN = '{"type":"events","sequence":7,"events":[%s]}'

SPACE = st.sampled_from(["", "", "", " ", "\n\t"])
NUMBER = st.sampled_from(
    ["0", "7", "-0", "1.0", "1.50", "1e3", "1E+2", "0.1e1", "-1", "01", "1.", "1e400", "1e-400"]
    + ["0e5", "1e-16384", "0e1073741824", "0E+99999999999", "1e-0999", "9" * 30, "9" * 400]
    + ["0." + "3" * 400, "0." + "0" * 20_000 + "1", "NaN", "-", "true", "null"]
)
TEXT = st.sampled_from(
    [
        '"/a"',
        '""',
        '"a-1234"',
        '"1e-5000"',
        '"\\u0000"',
        '"\\\\u0000"',
        '"\\ud800"',
        '"\\n"',
        '"\\""',
    ]
    + ['"\\ud83d\\ude00"', '"\U0001f600"', '"\x00"', '"\x7f\u2028"', '"\ud800"', '"]}"', '"x']
    + ['"' + "x" * 600 + '"', "7", "{}", "[" * 3_000]
)
ELEMENT = st.sampled_from(['{"id":"b"}', '{"id":"b","id":"c"}', '{"id":""}', '{"id":"b","no":1}'])
KIND = st.sampled_from(['"click"', '"page"', '"track"', '"verdict"', '"shout"', '"cl\\u0069ck"'])
PROPERTIES = st.lists(st.tuples(TEXT, NUMBER | TEXT), max_size=3).map(
    lambda pairs: "{" + ",".join(f"{name}:{value}" for name, value in pairs) + "}"
)
USUAL = {
    '"click"': ['"at":1', '"click":2', '"element":{"id":"b"}'],
    '"verdict"': ['"at":1', '"click":2', '"element":{"id":"b"}', '"verdict":"dead"'],
    '"page"': ['"at":1'],
    '"track"': ['"at":1', '"name":"saved"'],
}
MORE = st.one_of(
    NUMBER.map('"at":{}'.format),
    NUMBER.map('"after":{}'.format),
    NUMBER.map('"x":{}'.format),
    TEXT.map('"page":{}'.format),
    TEXT.map('"name":{}'.format),
    ELEMENT.map('"element":{}'.format),
    PROPERTIES.map('"properties":{}'.format),
    KIND.map('"type":{}'.format),
)


@st.composite
def event_texts(draw: Any) -> str:
    kind = draw(KIND)
    members = [f'"type":{kind}', *USUAL.get(kind, ['"at":1'])]
    members += draw(st.lists(MORE, max_size=2))
    space = draw(SPACE)
    return "{" + space + f",{space}".join(draw(st.permutations(members))) + space + "}"


@st.composite
def frame_texts(draw: Any) -> str:
    events = ",".join(draw(st.lists(event_texts(), max_size=3)))
    form = draw(
        st.sampled_from(
            [AS_WRITTEN] * 6
            + ['{"type":"events","sequence":0,"events":[%s]}', '{"sequence":7,"events":[%s]}']
            + ['{"type":"events","sequence":7,"events":[%s]} ', AS_WRITTEN + "}", AS_WRITTEN[:-2]]
            + ['{"type":"events","sequence":7,"events":[%s],"events":[]}']
            + ['{"type":"events","sequence":7,"events":[],"events":[%s]}']
            + ['{"type":"events","sequence":7,"events":[%s],"sequence":8}']
            + ['{"type":"events","sequence":7,"events":[%s],"type":"say"}']
            + ['{"type":"events","sequence":2000000001,"events":[%s]}']
            + ['{"events":[%s], "type":"events","sequence":7}', '{"type":"say","text":[%s]}']
        )
    )
    return str(form) % events


def outcome(read: Any, text: str) -> Any:
    try:
        return read(text)
    except Refused as refused:
        return refused.error


@pytest.fixture(scope="module")
def postgres(django_db_setup: None, django_db_blocker: Any) -> Iterator[psycopg.Connection]:
    with django_db_blocker.unblock(), open_connection() as own:
        yield own


def reads(postgres: psycopg.Connection, text: bytes) -> Any:
    """What others find in a stored text: of what stands twice, the second."""
    row = postgres.execute("SELECT %s::text::jsonb::text", (text.decode(),)).fetchone()
    assert row is not None
    return json.loads(row[0], parse_int=float)


def kept(batch: Batch) -> bytes | None:
    """What of the text that came is stored; None: it is written anew."""
    session = uuid4()
    context = SessionContext(1, session, session, 1, 0.0)
    stored = pack(Incoming(context, 1, batch.events, datetime.now(UTC), batch.text)).events
    anew = pack(Incoming(context, 1, batch.events, datetime.now(UTC))).events
    return None if stored == anew != batch.text else stored


def is_within(came: Any, whole: Any) -> bool:
    if not isinstance(came, dict):
        return bool(came == whole)
    return came.keys() <= whole.keys() and all(is_within(came[name], whole[name]) for name in came)


@given(text=frame_texts())
@settings(max_examples=400)
def test_a_batch_reads_as_every_frame_does_and_its_text_as_its_events(
    postgres: psycopg.Connection, text: str
) -> None:
    frame, same = outcome(read_frame, text), outcome(parse_frame, text)
    if not isinstance(same, Events):
        assert frame == same
        return
    assert (frame.sequence, frame.events) == (same.sequence, same.events)
    stored = kept(frame)
    if stored is not None:
        assert decode_events(stored) == frame.events
        came = reads(postgres, stored)
        written = json.loads(msgspec.json.encode(frame.events), parse_int=float)
        assert len(came) == len(written)
        assert all(map(is_within, came, written))


def test_what_the_widget_writes_is_kept_as_it_came() -> None:
    events = f'{CLICK},{{"type":"page","at":3,"page":"/\u00e9-1234/1e-5","how":"push"}}'
    frame = read_frame(AS_WRITTEN % events)
    assert isinstance(frame, Batch)
    assert (frame.sequence, kept(frame)) == (7, f"[{events}]".encode())


@pytest.mark.parametrize(
    "number", ["1e-16384", "0.0e-16384", "0e1073741824", "0E+99999999999", "0." + "0" * 17_000]
)
def test_a_number_that_only_a_float_can_hold_is_written_anew(
    postgres: psycopg.Connection, number: str
) -> None:
    verdict = '{"type":"verdict","at":1,"click":2,"element":{"id":"b"},"verdict":"dead","after":%s}'
    frame = read_frame(AS_WRITTEN % (verdict % number))
    assert isinstance(frame, Batch)
    assert (kept(frame), frame.events[0].after) == (None, 0.0)  # type: ignore[union-attr]
    with pytest.raises(psycopg.DataError):
        reads(postgres, (verdict % number).encode())


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\n"])
def test_a_text_with_an_escape_is_cleaned_and_written_anew(escape: str) -> None:
    frame = read_frame(AS_WRITTEN % f'{{"type":"page","at":1,"page":"{escape}"}}')
    assert isinstance(frame, Batch)
    assert (kept(frame), frame.events[0].page) == (None, "\n" if escape == "\\n" else "\ufffd")


def test_a_long_batch_is_written_anew() -> None:
    frame = read_frame(AS_WRITTEN % ",".join([CLICK] * 400))
    assert isinstance(frame, Batch)
    assert (kept(frame), len(frame.events)) == (None, 400)


def test_a_frame_that_is_too_large_is_refused_in_this_form_too() -> None:
    page = '{"type":"page","at":1,"page":"%s"}' % ("\u00e9" * 500)
    with pytest.raises(Refused, match=str(MAX_FRAME)):
        read_frame(AS_WRITTEN % ",".join([page] * 260))

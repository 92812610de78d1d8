import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.protocol import (
    MAX_FRAME,
    MAX_TEXT,
    Events,
    Refused,
    Say,
    encode_frame,
    parse_frame,
)

CLICK = {"type": "click", "at": 1, "click": 1, "element": {"id": "b"}}


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        parse_frame(text)
    return refused.value.error.code, refused.value.error.field


def test_it_works() -> None:
    frame = parse_frame(json.dumps({"type": "events", "sequence": 1, "events": [CLICK]}))
    assert isinstance(frame, Events)
    assert frame.events[0].element.id == "b"


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("no json", "malformed", ""),
        ("", "malformed", ""),
        ("[" * 100_000, "invalid", ""),
        ("[]", "invalid", ""),
        ('{"type":"read","seq":%s}' % ("[" * 3_000), "invalid", "seq"),
        ("{}", "unknown_type", "type"),
        ('{"type":"shout"}', "unknown_type", "type"),
        ('{"type":"say","id":"1","text":"hi","shout":true}', "invalid", ""),
        ('{"type":"say","id":"1"}', "invalid", ""),
        ('{"type":"say","id":"1","text":7}', "invalid", "text"),
        ('{"type":"events","sequence":0,"events":[]}', "invalid", "sequence"),
        ('{"type":"events","sequence":1e400,"events":[]}', "invalid", ""),
    ],
)
def test_what_is_refused_names_code_and_field(text: str, code: str, field: str) -> None:
    assert refusal(text)[0] == code
    if field:
        assert refusal(text)[1] == field


def test_a_wrong_event_is_named_by_its_place_and_batch() -> None:
    wrong = {"type": "events", "sequence": 7, "events": [CLICK, {**CLICK, "x": "left"}]}
    with pytest.raises(Refused) as refused:
        parse_frame(json.dumps(wrong))
    assert refused.value.error.field == "events[1].x"
    assert refused.value.error.sequence == 7


@pytest.mark.parametrize("sequence", [-1, 0, 2**31, -(2**40)])
def test_a_refusal_names_no_batch_that_cannot_be(sequence: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_frame(json.dumps({"type": "events", "sequence": sequence, "events": []}))
    assert refused.value.error.sequence is None


def test_a_frame_over_the_limit_is_refused() -> None:
    assert (
        refusal(json.dumps({"type": "say", "id": "1", "text": "x" * MAX_FRAME}))[0] == "too_large"
    )


def test_a_text_over_the_limit_names_its_message() -> None:
    with pytest.raises(Refused) as refused:
        parse_frame(json.dumps({"type": "say", "id": "m1", "text": "x" * (MAX_TEXT + 1)}))
    assert (refused.value.error.field, refused.value.error.message) == ("text", "m1")


@pytest.mark.parametrize("unstorable", ["a\x00b", "a\ud800b", "a\udfffb"])
def test_what_postgresql_cannot_store_is_replaced(unstorable: str) -> None:
    frame = parse_frame(json.dumps({"type": "say", "id": "1", "text": unstorable}))
    assert frame == Say(id="1", text="a\ufffdb")


@given(st.text(min_size=1, max_size=200))
def test_any_text_survives_or_is_cleaned(text: str) -> None:
    frame = parse_frame(json.dumps({"type": "say", "id": "1", "text": text}))
    assert isinstance(frame, Say)
    assert frame.text == text.replace("\x00", "\ufffd")
    frame.text.encode()


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_input_raises_anything_but_a_refusal(text: str) -> None:
    try:
        parse_frame(text)
    except Refused as refused:
        msgspec.json.decode(encode_frame(refused.error))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_no_value_in_place_of_the_events_raises_anything_but_a_refusal(value: object) -> None:
    for frame in ({"type": "events", "sequence": 1, "events": value}, value):
        try:
            parse_frame(json.dumps(frame))
        except Refused as refused:
            assert refused.error.code

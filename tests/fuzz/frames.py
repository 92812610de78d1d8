"""Frames of the widget's protocol, made from its own structs, and texts that are not frames."""

import json
import typing
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from msgspec import inspect

from tests.fuzz.odd import numbers, texts, values
from widget import protocol

KINDS = {frame.__struct_config__.tag: frame for frame in typing.get_args(protocol.FromWidget)}
TALKATIVE = tuple(sorted(set(KINDS) - {"hello", "events"}))
"""Frames whose order does not matter."""

GARBAGE = (
    "",
    "null",
    "[]",
    "{}",
    '"\\ud800"',
    '{"type":"events"}',
    '{"type":"events","sequence":' + "9" * 200_000 + ',"events":[]}',
    '{"type":"events","sequence":1e400,"events":[]}',
    '{"type":"say","id":"x","text":"\\u0000","page":' + "[" * 5_000 + "]" * 5_000 + "}",
    '{"type":"say","id":"\\ud800","text":"\\udfff"}',
    '{"type":"typing","on":1e400}',
    '{"type":"home","type":"home"}',
    '{"\\u0000":1,"type":"home"}',
    '{"type":"read","seq":-1}',
    "[" * 100_000,
    '{"type":' * 40_000,
    "x" * 262_145,
    "\ufeff{}",
    '{"type":"say","id":"y","text":"' + "💥" * 70_000 + '"}',
)


def field(kind: Any) -> st.SearchStrategy[Any]:
    """Returns values of a protocol type, at and within its bounds."""
    match kind:
        case inspect.StrType() if kind.pattern:
            return st.builds(lambda: str(uuid4()))
        case inspect.StrType():
            low, high = kind.min_length or 0, min(kind.max_length or 50, 60)
            return st.text(min_size=low, max_size=high) | st.just("x" * (kind.max_length or high))
        case inspect.IntType():
            low = kind.ge if kind.ge is not None else -(2**70)
            return st.integers(low, kind.le if kind.le is not None else 2**70)
        case inspect.FloatType():
            return st.floats(kind.ge, kind.le, allow_nan=False, allow_infinity=False)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.UnionType():
            return st.one_of([field(one) for one in kind.types])
        case inspect.ListType():
            return st.lists(field(kind.item_type), min_size=kind.min_length or 0, max_size=4)
        case inspect.DictType():
            return st.dictionaries(field(kind.key_type), field(kind.value_type), max_size=3)
        case inspect.StructType():
            fields = {one.encode_name: field(one.type) for one in kind.fields}
            tagged = {"type": st.just(kind.tag)} if kind.tag else {}
            return st.fixed_dictionaries({**tagged, **fields})
    raise AssertionError(f"no values for {kind}")


def frames(tag: str) -> st.SearchStrategy[dict[str, Any]]:
    return field(inspect.type_info(KINDS[tag]))


EVENTS = field(
    next(one.type for one in inspect.type_info(protocol.Events).fields if one.name == "events")
)


@st.composite
def broken(draw: Any) -> str:
    """Draws a frame in which one field is odd, missing or added."""
    frame = draw(frames(draw(st.sampled_from(sorted(set(KINDS) - {"hello"})))))
    name = draw(st.sampled_from([*frame, "surplus"]))
    if draw(st.integers(0, 3)):
        frame[name] = draw(values | numbers | texts)
    else:
        frame.pop(name, None)
    return json.dumps(frame).replace("Infinity", "1e400")

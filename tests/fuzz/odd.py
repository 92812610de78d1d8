"""Values that have broken other people's servers, for every place where a text, a number or a body
goes."""

import base64
import json
from typing import Any

from hypothesis import strategies as st

TEXTS = (
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "\u202e\u2066",
    "💥" * 40,
    "Z" + "\u0335" * 200,
    "x" * 70_000,
    "../../../../etc/passwd",
    "%00%2e%2e%2f",
    "'; DROP TABLE accounts_contact; --",
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}%s%n",
    "1e400",
    "-0",
    "9" * 400,
    "NaN",
    "٣",  # a digit to Python's int(), not to ours
    "0000-00-00",
    "9999-12-31T23:59:59.999999+23:59",
    "0001-01-01T00:00:00+14:00",
    "http://[::1",
    "https://xn--a.example:99999/",
    "00000000-0000-0000-0000-000000000000",
    "(" * 3_000,
    "(a+)+$",
)
NUMBERS = (0, -1, 2**31, 2**63, -(2**63) - 1, 10**30, 1e308, -1e308, 0.1, 5e-324)
BODIES = (
    b"",
    b"null",
    b"[]",
    b'""',
    b"1e400",
    b"-",
    b"{",
    b"\xff\xfe\x00",
    b'{"\xc3\x28": 1}',
    b'"\\ud800"',
    b'{"a": NaN, "b": Infinity}',
    b"[" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b"9" * 200_000,
    b'{"text": ' + b"9" * 200_000 + b"}",
    b'{"id": 1e400, "ids": [1e400], "name": 1e400}',
    b'{"\\ud800": "\\udfff", "id": "\\ud800"}',
    b"\xef\xbb\xbf{}",
    json.dumps({"x" * 1_000: "x"}).encode(),
)
"""Bodies for addresses that expect JSON."""

texts = st.sampled_from(TEXTS) | st.text(max_size=40)
numbers = st.sampled_from(NUMBERS) | st.integers() | st.floats(allow_nan=False)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
tokens = st.sampled_from(
    ["", "Bearer", "Bearer a.b.c", f"Basic {base64.b64encode(b'a:b').decode()}", "Bearer \xff"]
)


def season(draw: Any, value: Any, keys: tuple[Any, ...]) -> Any:
    """Returns a value of the same shape, with odd values or real ones (`keys`) put in here and
    there."""
    if isinstance(value, dict):
        return {name: season(draw, one, keys) for name, one in value.items()}
    if isinstance(value, list):
        return [season(draw, one, keys) for one in value]
    turn = draw(st.integers(0, 9))
    same = [key for key in keys if type(key) is type(value)]
    if turn < 3 and same:
        return draw(st.sampled_from(same))
    if turn == 3:
        return draw(values)
    if turn == 4 and isinstance(value, str):
        return draw(texts)
    if turn == 4 and isinstance(value, (int, float)):
        return draw(numbers)
    return value


def jsonable(value: Any) -> bytes:
    """Returns the value as JSON; halves of surrogate pairs are escaped, infinities become numbers
    too large."""
    return json.dumps(value, default=str).replace("Infinity", "1e400").encode()

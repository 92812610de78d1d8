import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.replay.recorded import NOON_MS, event, packed, plain
from vcsm.replay.unpack import MAX_PACKED, MAX_UNPACKED, BadReplay, unpack_replay


def test_it_works() -> None:
    body = packed(event(0, 4), event(0, 2), event(1500))
    chunk = unpack_replay(body, packed=True)
    assert (chunk.events, chunk.first, chunk.last) == (3, NOON_MS, NOON_MS + 1500)
    assert chunk.packed == body


def test_a_browser_that_cannot_compress_is_compressed_here() -> None:
    chunk = unpack_replay(plain(event()), packed=False)
    assert gzip.decompress(chunk.packed) == plain(event())


def test_times_need_not_be_in_order() -> None:
    chunk = unpack_replay(packed(event(50), event(10), event(30)), packed=True)
    assert (chunk.first, chunk.last) == (NOON_MS + 10, NOON_MS + 50)


def refused(body: bytes, *, packed: bool = True) -> str:
    with pytest.raises(BadReplay) as caught:
        unpack_replay(body, packed=packed)
    return caught.value.code


def test_a_bomb_is_given_up_at_the_limit() -> None:
    bomb = gzip.compress(b"[" + b" " * (3 * MAX_UNPACKED), 9)
    assert len(bomb) < MAX_PACKED
    assert refused(bomb) == "too_large_unpacked"


def test_a_bomb_is_not_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    given_out = 0
    real = zlib.decompressobj

    class Counting:
        def __init__(self, *arguments: int) -> None:
            self._inner = real(*arguments)

        def decompress(self, *arguments: object) -> bytes:
            nonlocal given_out
            piece = self._inner.decompress(*arguments)  # type: ignore[arg-type]
            given_out += len(piece)
            return piece

        def __getattr__(self, name: str) -> object:
            return getattr(self._inner, name)

    monkeypatch.setattr("vcsm.replay.unpack.zlib.decompressobj", Counting)
    assert refused(gzip.compress(b" " * (5 * MAX_UNPACKED), 9)) == "too_large_unpacked"
    assert MAX_UNPACKED < given_out < MAX_UNPACKED + 1024 * 1024


def test_exactly_the_limit_is_taken() -> None:
    text = plain(event())
    full = text[:-1] + b" " * (MAX_UNPACKED - len(text)) + b"]"
    assert len(full) == MAX_UNPACKED
    assert unpack_replay(gzip.compress(full), packed=True).events == 1


def test_too_much_before_unpacking() -> None:
    assert refused(b"x" * (MAX_PACKED + 1)) == "too_large"
    assert refused(b"x" * (MAX_PACKED + 1), packed=False) == "too_large"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        packed(event())[:-3],
        packed(event()) + b"more",
        packed(event()) + packed(event()),
        zlib.compress(plain(event())),
    ],
)
def test_what_is_not_one_gzip_member_is_refused(body: bytes) -> None:
    assert refused(body) == "not_gzip"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"[1]",
        b'[{"type": 3}]',
        b'[{"timestamp": 3}]',
        b'[{"type": "3", "timestamp": 1}]',
        b'[{"type": 3, "timestamp": -1}]',
        b'[{"type": 3, "timestamp": 1e400}]',
        b'[{"type": 3, "timestamp": 99999999999999}]',
        b'[{"type": 3, "timestamp": 1, "data": {]',
        b'[{"type": 3, "timestamp": 1, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
    ],
)
def test_what_is_not_a_list_of_events_is_refused(text: bytes) -> None:
    assert refused(gzip.compress(text)) == "not_replay"


@given(st.binary(max_size=400), st.booleans())
def test_whatever_comes_is_taken_or_refused_with_a_code(body: bytes, is_packed: bool) -> None:
    try:
        unpack_replay(body, packed=is_packed)
    except BadReplay as refusal:
        assert refusal.code in ("not_gzip", "not_replay")

"""Checks a chunk as it came from a stranger's browser: size, compression, form.

A few kilobytes of gzip can hold gigabytes, so it is unpacked piece by piece and given up as soon as
it passes the limit.
"""

import gzip
import zlib
from dataclasses import dataclass
from typing import Annotated

import msgspec

MAX_PACKED = 512 * 1024
MAX_UNPACKED = 8 * 1024 * 1024
_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
"""zlib's number for "a gzip header and no other"."""


class BadReplay(Exception):
    """A chunk that will never be accepted; `code` is for programs, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A checked chunk. `first` and `last` are milliseconds of the browser's clock."""

    packed: bytes
    events: int
    first: int
    last: int


class _Event(msgspec.Struct):
    """The part of an rrweb event that holds for every one; the player reads the rest."""

    type: Annotated[int, msgspec.Meta(ge=0, le=100)]
    timestamp: Annotated[int, msgspec.Meta(ge=0, le=4_102_444_800_000)]  # until the year 2100


_decoder = msgspec.json.Decoder(Annotated[list[_Event], msgspec.Meta(min_length=1)])


def unpack_replay(body: bytes, *, packed: bool) -> Unpacked:
    """Checks `body`, a JSON array of rrweb events, `packed` as one gzip member or not at all.

    Either way it may have `MAX_PACKED` bytes: a browser that cannot compress sends smaller pieces.
    Raises `BadReplay` with code `too_large`, `too_large_unpacked`, `not_gzip` or `not_replay`.
    """
    if len(body) > MAX_PACKED:
        raise BadReplay("too_large", f"A chunk may hold {MAX_PACKED} bytes.")
    text = _inflate(body) if packed else body
    try:
        events = _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadReplay("not_replay", f"Not an array of rrweb events: {error}") from error
    compact = body if packed else gzip.compress(body, 6, mtime=0)
    times = [event.timestamp for event in events]
    return Unpacked(packed=compact, events=len(events), first=min(times), last=max(times))


def _inflate(body: bytes) -> bytes:
    inflater = zlib.decompressobj(_GZIP)
    pieces = bytearray()
    rest = body
    try:
        while rest and not inflater.eof:
            pieces += inflater.decompress(rest, _PIECE)
            rest = inflater.unconsumed_tail
            if len(pieces) > MAX_UNPACKED:
                raise BadReplay(
                    "too_large_unpacked", f"A chunk may hold {MAX_UNPACKED} bytes unpacked."
                )
    except zlib.error as error:
        raise BadReplay("not_gzip", f"Not gzip: {error}") from error
    if not inflater.eof or inflater.unused_data:
        raise BadReplay("not_gzip", "Not one whole gzip member.")
    return bytes(pieces)

"""Opens a history's file, plain or gzipped, and reads it line by line."""

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO, cast

LONGEST_LINE = 1_000_000
"""Bytes. A longer line is no event, and is not held in memory."""
_BOM = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"
_OTHERS = {
    b"\xff\xfe": "It is written in UTF-16; save it as UTF-8.",
    b"\xfe\xff": "It is written in UTF-16; save it as UTF-8.",
    b"PK": "It is a zip archive; unpack it first.",
}


class NotReadable(Exception):
    """The file is not text in lines, or breaks off; the message says which."""


def read_lines(file: BufferedReader) -> Iterator[bytes]:
    """Yields the lines, without a byte order mark at the start of the file.

    A line that is too long is cut off, so that it does not parse. Raises NotReadable where the file
    is broken, after every line before that was given.
    """
    begin = file.peek(2)[:2]
    if begin in _OTHERS:
        raise NotReadable(_OTHERS[begin])
    plain = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if begin == _GZIP else file
    try:
        first = True
        while line := plain.readline(LONGEST_LINE):
            whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            yield line.removeprefix(_BOM) if first else line
            first = False
            while not whole:
                rest = plain.readline(LONGEST_LINE)
                whole = rest.endswith(b"\n") or len(rest) < LONGEST_LINE
    except (EOFError, OSError, zlib.error) as error:
        raise NotReadable(f"It is broken from here on: {error}.") from error

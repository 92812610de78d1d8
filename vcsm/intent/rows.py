"""Reads labelled texts from CSV files for evaluation."""

import csv
import io
import unicodedata
from pathlib import Path

from vcsm.core.written import decode_text

DELIMITERS = ",;\t"
"""Spreadsheets write semicolons where the comma is the decimal sign; copy and paste gives tabs."""


class RowsUnreadable(ValueError):
    """Raised for a file that cannot be used; the message says why, in one sentence."""


def read_rows(
    file: Path, *, columns: tuple[str, str] = ("text", "category")
) -> list[tuple[str, str]]:
    """Returns two columns of a CSV with a header, in order, without rows that lack a text.

    Raises RowsUnreadable, also where quotes are so broken that rows would be lost.
    """
    csv.field_size_limit(10_000_000)
    try:
        content = decode_text(file.read_bytes()).lstrip("\r\n")
    except OSError as error:
        raise RowsUnreadable(f"{file} cannot be read: {error.strerror}.") from error
    names, delimiter = _read_header(content)
    missing = [name for name in columns if name not in names]
    if missing:
        raise RowsUnreadable(f"{file} has no column {', '.join(missing)} in its header.")
    stream = io.StringIO(content, newline=None)
    reader = csv.DictReader(stream, names, delimiter=delimiter, strict=True)
    try:
        read = [(row[columns[0]] or "", plain_label(row[columns[1]] or "")) for row in reader]
    except csv.Error as error:
        raise RowsUnreadable(
            f"{file} is not CSV: line {reader.reader.line_num}, {error}."
        ) from error
    rows = [row for row in read[1:] if row[0].strip()]
    if not rows:
        raise RowsUnreadable(f"{file} has no rows.")
    return rows


def plain_label(label: str) -> str:
    """Returns the label without blanks around it and in Unicode NFC, so that files agree on "é"."""
    return unicodedata.normalize("NFC", label).strip()


def _read_header(content: str) -> tuple[list[str], str]:
    """Returns (column names in lower case, delimiter)."""
    first = io.StringIO(content, newline=None).readline().rstrip("\n")
    delimiter = max(DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    return [name.strip().lower() for name in header], delimiter

"""Reads labelled texts from CSV files for evaluation."""

import csv
from pathlib import Path


class RowsUnreadable(ValueError):
    """The file cannot be used; the message says why, in one sentence."""


def read_rows(
    file: Path, *, columns: tuple[str, str] = ("text", "category")
) -> list[tuple[str, str]]:
    """The two columns of a CSV with a header, in order. Rows without a text are left out."""
    csv.field_size_limit(10_000_000)
    try:
        with file.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
            reader = csv.DictReader(line.replace("\x00", "") for line in stream)
            reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
            missing = [name for name in columns if name not in reader.fieldnames]
            if missing:
                raise RowsUnreadable(f"{file} has no column {', '.join(missing)} in its header.")
            rows = [(row[columns[0]] or "", (row[columns[1]] or "").strip()) for row in reader]
    except OSError as error:
        raise RowsUnreadable(f"{file} cannot be read: {error.strerror}.") from error
    except csv.Error as error:
        raise RowsUnreadable(f"{file} is no CSV: {error}.") from error
    rows = [row for row in rows if row[0].strip()]
    if not rows:
        raise RowsUnreadable(f"{file} has no rows.")
    return rows

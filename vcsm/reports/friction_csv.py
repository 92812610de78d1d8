"""The friction report's whole table as CSV, in pieces, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from vcsm.reports.friction import (
    FrictionLine,
    friction_lines,
    line_of,
    sessions_between,
    signals_between,
)

_HEAD = (
    "kind",
    "page",
    "element",
    "element_name",
    "signals",
    "sessions",
    "contacts",
    "accounts",
    "severity",
    "share_of_sessions",
    "first_at",
    "last_at",
)
_PIECE = 500
# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection"). What a page
# calls its elements is a stranger's text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def stream_friction_csv(*, workspace_id: int, since: datetime, until: datetime) -> Iterator[str]:
    """Pieces of CSV text (RFC 4180), most contacts hit first, without the report's line limit."""
    signals = signals_between(workspace_id=workspace_id, since=since, until=until)
    seen = sessions_between(workspace_id=workspace_id, since=since, until=until)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_HEAD)
    for number, row in enumerate(friction_lines(signals).iterator(chunk_size=_PIECE), start=1):
        writer.writerow(_cells(line_of(row, seen)))
        if number % _PIECE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it; a leading apostrophe keeps it from being a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _cells(line: FrictionLine) -> tuple[object, ...]:
    return (
        safe_cell(line.kind),
        safe_cell(line.page),
        safe_cell(line.element),
        safe_cell(line.element_name),
        line.signals,
        line.sessions,
        line.contacts,
        line.accounts,
        line.severity,
        line.share,
        line.first_at.isoformat(),
        line.last_at.isoformat(),
    )

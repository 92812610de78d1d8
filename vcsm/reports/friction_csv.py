"""The friction report's whole table as CSV, in pieces, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator

from vcsm.reports.asked import Asked
from vcsm.reports.friction import FrictionLine, lines_of
from vcsm.reports.friction_count import count_places, revenue_of
from vcsm.reports.held import hold

_HEAD = (
    "kind",
    "page",
    "element",
    "element_name",
    "signals",
    "sessions",
    "contacts",
    "accounts",
    "annual_revenue",
    "severity",
    "sessions_that_saw_it",
    "share_of_them",
    "share_low",
    "share_high",
    "first_at",
    "last_at",
    "currency",
)
_PIECE = 500
# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection"). What a page
# calls its elements is a stranger's text. In half of Europe cells end at semicolons, whatever
# quotes stand around them.
_BEGINS = r"[ \xa0\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?={_BEGINS})")


def stream_friction_csv(asked: Asked, *, currency: str) -> Iterator[str]:
    """Yields CSV text (RFC 4180) in pieces, most contacts hit first, without the line limit.

    Each line names the `currency` of its revenue.
    """
    held = hold(asked)
    counts = count_places(held.period.hits, revenue_of(held.period.hits))
    yield _write([_HEAD])
    for begin in range(0, len(counts.place), _PIECE):
        lines = lines_of(counts, held, {}, slice(begin, begin + _PIECE))
        yield _write([(*_cells(line), currency) for line in lines])


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it; an apostrophe keeps what begins a cell, in whatever
    country it is opened, from being a formula."""
    return _FORMULA.sub("'", text)


def _write(rows: list[tuple[object, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


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
        line.revenue,
        line.severity,
        line.seen,
        line.share,
        line.share_low,
        line.share_high,
        line.first_at.isoformat(),
        line.last_at.isoformat(),
    )

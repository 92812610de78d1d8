"""Each chart and list of the report's other views as a table for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from vcsm.reports.asked import Asked
from vcsm.reports.by_intent import rows_by_intent
from vcsm.reports.friction import friction_report
from vcsm.reports.friction_csv import safe_cell
from vcsm.reports.held import hold
from vcsm.reports.sections import (
    Change,
    NewName,
    PageLine,
    Row,
    Unmet,
    around_release,
    new_names,
    page_map,
    rows_of,
    unmet_of,
)


def write_view(view: str, asked: Asked, *, currency: str, now: datetime) -> str | None:
    """Returns CSV text (RFC 4180) with a header line, or None for an unknown view.

    Where lines hold money, their last column names the `currency`.
    """
    if view == "trend":
        return _write(("bucket", "kind", "signals"), _trend(asked, now))
    if view not in VIEWS:
        return None
    shape, rows = VIEWS[view]
    names = tuple(one.name for one in fields(shape))
    in_money = {"currency": currency} if "revenue" in names else {}
    cells = (tuple({**asdict(row), **in_money}.values()) for row in rows(asked))
    return _write((*names, *in_money), cells)


VIEWS: dict[str, tuple[type[Any], Callable[[Asked], Iterable[Any]]]] = {
    "pages": (PageLine, lambda asked: page_map(hold(asked))),
    "flows": (Row, lambda asked: rows_of(hold(asked), kind="stalled_step")),
    "searches": (Row, lambda asked: rows_of(hold(asked), kind="no_results")),
    "intents": (Row, lambda asked: rows_by_intent(asked)),
    "unmet": (Unmet, lambda asked: unmet_of(asked)),
    "changes": (
        Change,
        lambda asked: around_release(asked, name=asked.release) if asked.release else [],
    ),
    "names": (NewName, lambda asked: new_names(asked)),
}
"""By the view's name in the address: what a line holds, and the lines as the console shows them."""


def _trend(asked: Asked, now: datetime) -> Iterable[tuple[object, ...]]:
    report = friction_report(asked, now=now)
    for number, bucket in enumerate(report.buckets):
        for one in report.kinds:
            yield bucket, one.kind, one.trend[number]


def _write(names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return held.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return safe_cell("; ".join(str(one) for one in value))
    return safe_cell(value) if isinstance(value, str) else value

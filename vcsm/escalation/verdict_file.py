"""Reads verdicts from a CSV file with the columns `score` and `false_alarm`, in time order."""

import csv
import math
from pathlib import Path

import numpy as np

from vcsm.escalation.certificate import Verdicts

COLUMNS = ("score", "false_alarm")
ANSWERS = {
    "0": False,
    "1": True,
    "0.0": False,
    "1.0": True,
    "false": False,
    "true": True,
}
"""The ways in which spreadsheets and data frames write 0 and 1."""


class VerdictsUnreadable(Exception):
    """The file holds no verdicts; the message is one sentence and names the line."""


def read_verdicts(path: Path) -> Verdicts:
    """Reads a file, ignoring other columns; one with only a header holds no verdicts yet.

    Raises `VerdictsUnreadable`.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            delimiter = _delimiter(file.readline())
            file.seek(0)
            return _read(csv.DictReader(file, delimiter=delimiter), path.name)
    except OSError as error:
        raise VerdictsUnreadable(f"{path.name} cannot be opened: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise VerdictsUnreadable(f"{path.name} is not CSV text: {error}.") from error


def _delimiter(header: str) -> str:
    """Spreadsheets write tabs, or semicolons where a comma separates the decimals."""
    return next((sign for sign in ",;\t" if sign in header), ",")


def _read(rows: "csv.DictReader[str]", name: str) -> Verdicts:
    header = [_plain(name) for name in rows.fieldnames or ()]
    rows.fieldnames = header
    if not header:
        raise VerdictsUnreadable(f"{name} is empty; it needs the header score,false_alarm.")
    if missing := [column for column in COLUMNS if column not in header]:
        raise VerdictsUnreadable(
            f"{name} has no column {missing[0]!r}; its header must name score and false_alarm."
        )
    comma = rows.reader.dialect.delimiter != ","
    pairs = [_pair(row, f"{name}, line {rows.line_num}", comma) for row in rows]
    return Verdicts(
        np.array([score for score, _ in pairs], np.float64),
        np.array([false for _, false in pairs], np.bool_),
    )


def _pair(row: dict[str, str | None], where: str, comma: bool) -> tuple[float, bool]:
    """Reads one row; `comma` tells that decimals may be separated by a comma."""
    told = (row["score"] or "").strip()
    try:
        score = float(told.replace(",", ".", 1) if comma else told)
    except ValueError:
        score = math.nan
    if not math.isfinite(score):
        raise VerdictsUnreadable(f"{where}: the score must be a finite number, not {told!r}.")
    false_alarm = _plain(row["false_alarm"])
    if false_alarm not in ANSWERS:
        raise VerdictsUnreadable(f"{where}: false_alarm must be 0 or 1, not {false_alarm!r}.")
    return score, ANSWERS[false_alarm]


def _plain(told: str | None) -> str:
    return (told or "").strip().lower()

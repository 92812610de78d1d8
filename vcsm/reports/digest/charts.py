"""The digest's pictures as PNG, because mail programs run no scripts and show no SVG.

A picture says nothing that the text beside it does not say too.
"""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from vcsm.problems.lifecycle import WORDS
from vcsm.reports.fonts import FONTS
from vcsm.reports.friction import FrictionLine, FrictionReport

SCALE = 2
"""Pictures are drawn twice as large as they are shown, for high-resolution screens."""
WIDTH, HEIGHT, ROW = 600, 170, 30
INK, SOFT, GRID, NOW, BEFORE, PAPER = "#1c2430", "#5b6675", "#e3e7ee", "#3456d1", "#b9c4ee", "white"


def draw_week(week: FrictionReport, before: FrictionReport) -> bytes:
    """Draws the signals of each day beside those of the same day a week earlier."""
    picture, pen = _paper(HEIGHT)
    now, then = _by_day(week), _by_day(before)
    most = max([*now, *then, 1])
    top, floor, step = 14, HEIGHT - 34, (WIDTH - 60) / len(now)
    for part in (0.0, 0.5, 1.0):
        level = floor - part * (floor - top)
        _line(pen, 48, level, WIDTH - 8, level)
        _text(pen, 42, level, f"{round(most * part):,}", anchor="rm", colour=SOFT)
    for number, (one, other) in enumerate(zip(now, then, strict=True)):
        left, wide = 52 + number * step, step / 2 - 5
        _bar(pen, left, floor, wide, (floor - top) * other / most, BEFORE)
        _bar(pen, left + wide + 2, floor, wide, (floor - top) * one / most, NOW)
        day = week.since + number * (week.until - week.since) / len(now)
        _text(pen, left + wide + 1, floor + 12, f"{day:%a}", anchor="mm", colour=SOFT)
    _bar(pen, 52, HEIGHT - 4, 9, 9, NOW)
    _text(pen, 65, HEIGHT - 8, "this week", anchor="lm", colour=INK)
    _bar(pen, 140, HEIGHT - 4, 9, 9, BEFORE)
    _text(pen, 153, HEIGHT - 8, "the week before", anchor="lm", colour=INK)
    return _png(picture)


def draw_shares(lines: Sequence[FrictionLine]) -> bytes:
    """Draws which share of the sessions that saw each place was hit, with its interval."""
    picture, pen = _paper(ROW * max(len(lines), 1) + 24)
    most = max([line.share_high for line in lines], default=0.0) or 1.0
    left, right = 300, WIDTH - 64
    for number, line in enumerate(lines):
        middle = 14 + number * ROW
        where = line.element_name or line.element or line.page or "/"
        name = _short(f"{WORDS.get(line.kind, line.kind)}, {where}", left - 14)
        _text(pen, left - 10, middle, name, anchor="rm", colour=INK)
        _bar(pen, left, middle + 7, (right - left) * line.share / most, 14, NOW)
        low, high = (
            left + (right - left) * one / most for one in (line.share_low, line.share_high)
        )
        _line(pen, low, middle, high, middle, colour=INK)
        for end in (low, high):
            _line(pen, end, middle - 4, end, middle + 4, colour=INK)
        _text(pen, high + 8, middle, f"{100 * line.share:.1f} %", anchor="lm", colour=INK)
    return _png(picture)


def _by_day(report: FrictionReport) -> list[int]:
    """Sums the report's 28 quarter days into 7 days."""
    totals = [sum(kind.trend[number] for kind in report.kinds) for number in range(28)]
    return [sum(totals[day * 4 : day * 4 + 4]) for day in range(7)]


def _paper(height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (WIDTH * SCALE, height * SCALE), PAPER)
    return picture, ImageDraw.Draw(picture)


def _png(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()


def _bar(
    pen: ImageDraw.ImageDraw, left: float, floor: float, wide: float, high: float, colour: str
) -> None:
    box = [left, floor - high, left + max(wide, 1), floor]
    pen.rectangle([round(one * SCALE) for one in box], fill=colour)


def _line(
    pen: ImageDraw.ImageDraw, x: float, y: float, to_x: float, to_y: float, colour: str = GRID
) -> None:
    pen.line([round(one * SCALE) for one in (x, y, to_x, to_y)], fill=colour, width=SCALE)


def _text(
    pen: ImageDraw.ImageDraw, x: float, y: float, words: str, *, anchor: str, colour: str
) -> None:
    pen.text((x * SCALE, y * SCALE), words, font=_font(), fill=colour, anchor=anchor)


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Returns a font with more than Western letters where there is one."""
    for path in FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, 11 * SCALE)
    return ImageFont.load_default(12 * SCALE)


def _short(words: str, wide: float) -> str:
    """Cuts the words to a width in the picture's units, as letters differ in width."""
    words = " ".join(words.split())  # the width of several lines cannot be measured
    if _wide(words) <= wide:
        return words
    fits = (at for at in range(len(words), 0, -1) if _wide(f"{words[:at]}…") <= wide)
    return f"{words[: next(fits, 0)]}…"


def _wide(words: str) -> float:
    return _font().getlength(words) / SCALE

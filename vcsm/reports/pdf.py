"""The friction report as PDF: what the page shows, with its charts drawn as lines.

Made with reportlab, so that no browser is needed.
"""

import io
from collections.abc import Sequence
from html import escape
from math import inf
from pathlib import Path

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from vcsm.core.money import write_money
from vcsm.problems.lifecycle import WORDS
from vcsm.reports.fonts import FONTS
from vcsm.reports.friction import FrictionLine, FrictionReport
from vcsm.reports.sections import PageLine

INK, SOFT, GRID = (HexColor(one) for one in ("#1c2430", "#5b6675", "#d5dae3"))
_KINDS = ["#3456d1", "#c2410c", "#0f766e", "#7c3aed", "#b45309", "#be185d", "#4d7c0f", "#334155"]
COLOURS = [HexColor(one) for one in _KINDS]
WIDE = A4[0] - 36 * mm - 12
"""Width between the margins, in points, less what reportlab's frame keeps free on each side."""
LINES, PAGES = 40, 20
LINE_PARTS = (0.21, 0.215, 0.095, 0.105, 0.16, 0.215)
"""Columns' parts of the width. Numbers may not break: eight digits and amounts of twelve fit."""
LABEL = 24
"""Points that a day's name takes under the chart."""
PLAIN, WINDOWS = "Helvetica", "cp1252"
"""The font that every PDF reader has, and the encoding of the letters it has there."""


def write_pdf(
    report: FrictionReport, pages: Sequence[PageLine], *, title: str, currency: str
) -> bytes:
    """Returns the PDF's bytes. `title` names the workspace and what the report was narrowed to;
    `currency` is the one of its amounts."""
    font = _font()
    held = io.BytesIO()
    document = SimpleDocTemplate(
        held, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=16 * mm,
        bottomMargin=16 * mm, title=f"Friction, {title}", author="VCSM",
    )  # fmt: skip
    words = _Words(font)
    document.build(
        [
            words.head(f"Friction, {title}", 18),
            words.soft(f"{report.since:%d %b %Y %H:%M} to {report.until:%d %b %Y %H:%M} UTC"),
            Spacer(1, 4 * mm),
            words.plain(_totals(report)),
            Spacer(1, 4 * mm),
            *_chart(report, words),
            words.head("Where contacts get stuck", 13),
            _lines(report.lines[:LINES], words, currency),
            words.soft(f"{min(LINES, len(report.lines))} of {report.totals.lines} lines."),
            words.head("Pages", 13),
            _pages(pages[:PAGES], words),
        ]
    )
    return held.getvalue()


class _Words:
    def __init__(self, font: str) -> None:
        self.font = font

    def plain(self, text: str, size: float = 9, *, soft: bool = False) -> Paragraph:
        known = text if self.font != PLAIN else text.encode(WINDOWS, "replace").decode(WINDOWS)
        style = ParagraphStyle(
            "plain", fontName=self.font, fontSize=size, leading=size * 1.35,
            textColor=SOFT if soft else INK,
        )  # fmt: skip
        return Paragraph(escape(known), style)

    def money(self, amount: float, currency: str) -> str:
        """Writes the amount with the currency's sign where the font has it."""
        text = write_money(amount, currency)
        return text if self._draws(text) else write_money(amount, currency, by_code=True)

    def _draws(self, text: str) -> bool:
        if self.font == PLAIN:
            return text.encode(WINDOWS, "ignore").decode(WINDOWS) == text
        return all(ord(one) in pdfmetrics.getFont(self.font).face.charToGlyph for one in text)

    def soft(self, text: str) -> Paragraph:
        return self.plain(text, 8, soft=True)

    def head(self, text: str, size: float) -> Paragraph:
        made = self.plain(text, size)
        made.style.spaceBefore, made.style.spaceAfter = size * 0.7, size * 0.3
        return made


def _totals(report: FrictionReport) -> str:
    totals = report.totals
    if totals.sessions_seen == 0:
        return "No sessions were recorded in this period, so this says nothing about the product."
    return (
        f"{totals.sessions:,} of {totals.sessions_seen:,} sessions ran into friction: "
        f"{totals.contacts:,} contacts of {totals.accounts:,} accounts, "
        f"{totals.signals:,} signals on {totals.lines:,} places."
    )


def _chart(report: FrictionReport, words: _Words) -> list[Flowable]:
    """Draws signals of each kind over time, stacked, with the legend beneath."""
    kinds, size = report.kinds[: len(COLOURS)], len(report.buckets)
    sums = [sum(kind.trend[number] for kind in kinds) for number in range(size)]
    most, tall = axis_top(max(sums, default=0)), 42 * mm
    drawing = Drawing(WIDE, tall + 14)
    step = (WIDE - 30) / max(size, 1)
    for part in (0.0, 0.5, 1.0):
        level = 12 + part * tall
        drawing.add(Line(30, level, WIDE, level, strokeColor=GRID, strokeWidth=0.5))
        drawing.add(_label(26, level - 2, f"{round(most * part):,}", words.font, "end"))
    for number in range(size):
        floor = 12.0
        for which, kind in enumerate(kinds):
            high = tall * kind.trend[number] / most
            if high:
                left = 30 + number * step
                drawing.add(
                    Rect(
                        left,
                        floor,
                        max(step - 1, 0.5),
                        high,
                        strokeColor=None,
                        fillColor=COLOURS[which],
                    )
                )
            floor += high
    names = [f"{bucket:%d %b}" for bucket in report.buckets]
    # Where a day begins; several steps may belong to it.
    days = sorted({names.index(names[at]) for at in range(0, size, max(1, size // 8))})
    for first, after in zip(days, [*days[1:], inf], strict=True):
        if (after - first) * step < LABEL:  # too little of the day for its name
            continue
        drawing.add(_label(30 + first * step, 2, names[first], words.font, "start"))
    legend = ", ".join(
        f"<font color='{_KINDS[which]}'>■</font> {escape(WORDS.get(kind.kind, kind.kind))}"
        for which, kind in enumerate(kinds)
    )
    style = ParagraphStyle("legend", fontName=words.font, fontSize=8, leading=11, textColor=INK)
    return [drawing, Paragraph(legend, style)] if kinds else []


def axis_top(most: int) -> int:
    """Returns the smallest round, even number an axis can end at, so that its half is whole too."""
    size: int = 10 ** (len(str(max(most, 1))) - 1)
    return next(top for times in (1, 2, 4, 6, 8, 10) if (top := max(2, times * size)) >= most)


def _label(x: float, y: float, text: str, font: str, anchor: str) -> String:
    return String(x, y, text, fontName=font, fontSize=6.5, fillColor=SOFT, textAnchor=anchor)


def _lines(lines: Sequence[FrictionLine], words: _Words, currency: str) -> Flowable:
    rows = [
        [
            words.plain(WORDS.get(one.kind, one.kind), 7.5),
            words.plain(f"{one.element_name or one.element} {one.page or '/'}", 7.5),
            words.plain(f"{one.contacts:,}", 7.5),
            words.plain(f"{one.sessions:,}", 7.5),
            words.plain(words.money(one.revenue, currency), 7.5),
            words.plain(_share(one.share, one.share_low, one.share_high), 7.5),
        ]
        for one in lines
    ]
    head = ["What", "Where", "Contacts", "Sessions", "Revenue a year", "Of those who saw it"]
    return _table(head, rows, LINE_PARTS, words)


def _pages(pages: Sequence[PageLine], words: _Words) -> Flowable:
    rows = [
        [
            words.plain(one.page or "/", 7.5),
            words.plain(f"{one.seen:,}", 7.5),
            words.plain(f"{one.hit:,}", 7.5),
            words.plain(_share(one.share, one.share_low, one.share_high), 7.5),
        ]
        for one in pages
    ]
    return _table(["Page", "Sessions", "Hit", "Share"], rows, [0.55, 0.15, 0.1, 0.2], words)


def _table(
    head: Sequence[str], rows: list[list[Paragraph]], parts: Sequence[float], words: _Words
) -> Flowable:
    if not rows:
        return words.soft("None.")
    titles = [words.plain(one, 7, soft=True) for one in head]
    table = Table([titles, *rows], colWidths=[WIDE * part for part in parts], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, GRID),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _share(share: float, low: float, high: float) -> str:
    return f"{100 * share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def _font() -> str:
    for path in FONTS:
        if "Wide" in pdfmetrics.getRegisteredFontNames():
            return "Wide"
        if Path(path).exists():
            try:
                pdfmetrics.registerFont(TTFont("Wide", path))
            except TTFError:
                continue
    return "Wide" if "Wide" in pdfmetrics.getRegisteredFontNames() else PLAIN

"""Turns an HTML page into Markdown: its main content, without what surrounds it. Pure."""

import re
from html.parser import HTMLParser

_LEFT_OUT, _BLOCKS, _VOID = (
    frozenset(names.split())
    for names in (
        "script style noscript template svg nav aside form button select iframe object dialog",
        "p div section table tr ul ol dl dt dd blockquote figure figcaption br hr details summary "
        "main article header footer thead tbody",
        "br hr img input meta link area base col embed source track wbr",
    )
)
_AROUND = frozenset(["header", "footer"])
"""Tags left out unless they are inside the middle, where a header holds the title."""
_MIDDLES = ("main", "article")


def read_html(html: str) -> tuple[str, str]:
    """Returns (title, Markdown). The title is the first heading of the middle, else the page's."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    middle = next((kind for kind in _MIDDLES if reader.texts[kind]), "")
    body = _tidy("".join(reader.texts[middle]))
    heading = re.search(r"^# (.+)$", body, re.MULTILINE)
    title = heading[1] if heading else _one_line("".join(reader.title))
    if heading:
        body = body.replace(heading[0], "", 1).strip()
    return title, body


class _Reader(HTMLParser):
    """Reads three texts at once: of <main>, of <article>, and of everything."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {kind: [] for kind in (*_MIDDLES, "")}
        self.title: list[str] = []
        self._open: list[str] = []
        self._items: list[int] = []
        """Next numbers of the lists that are open; 0 for a bulleted list."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = "hidden" in given or given.get("aria-hidden") == "true"
        if tag not in _VOID:
            self._open.append("template" if hidden else tag)
        if tag in ("ul", "ol"):
            self._items.append(1 if tag == "ol" else 0)
        if re.fullmatch(r"h[1-6]", tag):
            self._write(f"\n\n{'#' * int(tag[1])} ")
        elif tag == "li":
            self._write(self._bullet())
        elif tag == "pre":
            self._write("\n\n```\n")
        elif tag in ("td", "th"):
            self._write(" ")
        elif tag == "img":
            self._write(_escape(given.get("alt") or ""))
        elif tag in _BLOCKS:
            self._write("\n\n" if tag != "br" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._write("\n```\n\n")
        elif tag in _BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self._write("\n\n")
        if tag in ("ul", "ol") and self._items:
            self._items.pop()
        opened = [place for place, one in enumerate(self._open) if one in (tag, "template")]
        if opened:
            del self._open[opened[-1] :]

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title.append(data)
        elif "pre" in self._open:
            self._write(data.replace("```", "'''"))
        else:
            plain = re.sub(r"\s+", " ", data)
            self._write(_escape(plain))

    def _bullet(self) -> str:
        deep = "  " * max(0, len(self._items) - 1)
        if self._items and self._items[-1]:
            self._items[-1] += 1
            return f"\n{deep}{self._items[-1] - 1}. "
        return f"\n{deep}- "

    def _write(self, text: str) -> None:
        if "head" in self._open or any(one in _LEFT_OUT for one in self._open):
            return
        inside = [kind for kind in _MIDDLES if kind in self._open]
        if not inside and any(one in _AROUND for one in self._open):
            return
        for kind in (*inside, ""):
            self.texts[kind].append(text)


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<#])", r"\\\1", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(text: str) -> str:
    parts = re.split(r"(\n```\n.*?\n```\n)", text, flags=re.DOTALL)
    for place in range(0, len(parts), 2):
        plain = re.sub(r"[ \t]*\n(?: (?=\S))?", "\n", parts[place])
        plain = re.sub(r"(?m)^((?:  )*(?:-|\d+\.)) *\n+ *(?=\S)", r"\1 ", plain)
        plain = re.sub(r"(?m)^(#+) *\n+ *(?=\S)", r"\1 ", plain)
        parts[place] = re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<=\S) {2,}", " ", plain))
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()

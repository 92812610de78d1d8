"""Cuts an article into passages that can stand as answers: by heading, then by paragraph. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

FULL = 700
"""Characters at which a passage is closed; short enough to read beside a form."""
LONGEST = 1_000
"""Characters above which one paragraph is cut between sentences."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^title:[ \t]*(\S.*)$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+")  # noqa: RUF001


@dataclass(frozen=True)
class Piece:
    heading: str
    """Headings above it, below the article's title, joined by " › "; may be empty."""
    text: str
    """Plain text: list items on lines that start with "- ", no markup."""


def split_article(*, title: str, body: str) -> list[Piece]:
    """Cuts a Markdown body into passages, in order.

    A first heading that repeats the title is left out. Raw HTML is text like any other. An article
    without any text gives an empty list.
    """
    pieces: list[Piece] = []
    for heading, paragraphs in _sections(title, body):
        gathered: list[str] = []
        for paragraph in (part for whole in paragraphs for part in _cut_long(whole)):
            if gathered and sum(map(len, gathered)) + len(paragraph) > FULL:
                pieces.append(Piece(heading, "\n".join(gathered)))
                gathered = []
            gathered.append(paragraph)
        if gathered:
            pieces.append(Piece(heading, "\n".join(gathered)))
    return pieces


def split_front_matter(raw: str) -> tuple[str, str]:
    """Returns (title, body) of a file that may begin with YAML between `---`; title may be ""."""
    found = _FRONT_MATTER.match(raw)
    if found is None:
        return "", raw
    title = _TITLE.search(found.group(1))
    return (title.group(1).strip().strip("\"'") if title else ""), raw[found.end() :]


def split_sentences(text: str) -> list[str]:
    """Returns the sentences and list lines of a passage, for highlighting."""
    lines = (line.removeprefix("- ").strip() for line in text.splitlines())
    return [part for line in lines for part in _SENTENCE_END.split(line) if part]


def _sections(title: str, body: str) -> Iterator[tuple[str, list[str]]]:
    trail: list[tuple[int, str]] = []
    paragraphs: list[str] = []
    level, depth = 0, 0
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(body):
        if token.type in ("list_item_open", "list_item_close"):
            depth += 1 if token.type == "list_item_open" else -1
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline" and level:
            yield _join(trail, title), paragraphs
            paragraphs = []
            trail = [(above, name) for above, name in trail if above < level]
            trail.append((level, _plain(token)))
        elif token.type == "inline":
            paragraphs.append(("- " if depth else "") + _plain(token))
        elif token.type in ("fence", "code_block"):
            paragraphs.append(token.content.strip())
    yield _join(trail, title), paragraphs


def _join(trail: list[tuple[int, str]], title: str) -> str:
    names = [name for _, name in trail]
    if names and names[0].casefold() == title.casefold():
        names = names[1:]
    return " › ".join(names)[:300]


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
    return "".join(parts).strip()


def _cut_long(paragraph: str) -> Iterator[str]:
    if len(paragraph) <= LONGEST:
        if paragraph:
            yield paragraph
        return
    gathered = ""
    for sentence in _SENTENCE_END.split(paragraph):
        # A "sentence" without an end, such as a pasted log, is cut anywhere.
        for start in range(0, len(sentence), LONGEST):
            part = sentence[start : start + LONGEST]
            if gathered and len(gathered) + len(part) > FULL:
                yield gathered
                gathered = ""
            gathered = f"{gathered} {part}".strip()
    if gathered:
        yield gathered

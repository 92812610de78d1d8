"""Where articles are imported from: a folder of files, a list of addresses, a sitemap.

`find_pages` lists what there is, `read_source` reads one of them. A page that cannot be read is
reported and left out; the others are still read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from vcsm.core.safe_http import LARGEST, NotRead, Page, read_page, unpack
from vcsm.core.written import decode_text
from vcsm.knowledge.chunk import split_front_matter
from vcsm.knowledge.web_text import read_html

MOST_PAGES = 5_000
MARKDOWN = frozenset([".md", ".markdown"])
HTML = frozenset([".html", ".htm", ".xhtml"])
_WEB = ("http://", "https://")
_SITEMAPS = 20
"""Sitemaps that one sitemap index may name, at most."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one article; `key` names it for ever (address, or path below its folder)."""

    key: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read at a place; `body` is Markdown."""

    title: str
    body: str
    url: str


def find_pages(source: str, *, private: bool = False) -> list[Place]:
    """Lists the places of a source.

    `source` is a folder, a file of articles, of addresses (.txt) or a sitemap (.xml, .xml.gz), or
    the address of a page or a sitemap. Raises `NotRead` with a sentence.
    """
    if source.startswith(_WEB):
        if urlsplit(source).path.endswith((".xml", ".xml.gz")):
            places = _of_sitemap(read_page(source, private=private).body, source, private=private)
        else:
            places = [Place(source)]
    else:
        places = _of_path(Path(source), private=private)
    if not places:
        raise NotRead(f"{source} holds no articles.")
    if len(places) > MOST_PAGES:
        raise NotRead(f"{source} holds {len(places):,} pages; at most {MOST_PAGES:,} are read.")
    return list(dict.fromkeys(places))


def find_addresses(text: str, *, private: bool = False) -> list[Place]:
    """Lists the places of addresses of pages or sitemaps, one a line.

    Empty lines and `# …` are left out. Raises `NotRead` with a sentence.
    """
    lines = [line.strip() for line in text.splitlines()]
    places: list[Place] = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        if not line.startswith(_WEB):
            raise NotRead(f"{line[:80]!r} is not a web address.")
        places += find_pages(line, private=private)
        if len(places) > MOST_PAGES:
            raise NotRead(f"At most {MOST_PAGES:,} pages are read at once.")
    return list(dict.fromkeys(places))


def read_source(place: Place, *, private: bool = False) -> Draft:
    """Reads one place. Raises `NotRead` with a sentence."""
    if place.file is not None:
        try:
            if place.file.stat().st_size > LARGEST:
                raise NotRead(f"{place.key} is larger than {LARGEST:,} bytes.")
            text = decode_text(place.file.read_bytes())
        except OSError as error:
            raise NotRead(f"{place.key} cannot be read: {error.strerror}.") from error
        return _draft(text, is_html=place.file.suffix.lower() in HTML, name=place.file.stem, url="")
    page = read_page(place.key, private=private)
    if page.kind not in ("text/html", "application/xhtml+xml", "text/markdown", "text/plain"):
        raise NotRead(f"{place.key} is {page.kind}, neither HTML nor Markdown.")
    name = urlsplit(page.address).path.rstrip("/").rsplit("/", 1)[-1] or place.key
    is_html = page.kind in ("text/html", "application/xhtml+xml")
    return _draft(_decoded(page), is_html=is_html, name=name, url=page.address)


def read_file(name: str, text: str) -> Draft:
    """Reads a file that is handed over, by its `name` Markdown or HTML. Raises `NotRead`."""
    path = PurePosixPath(name)
    kind = path.suffix.lower()
    if kind not in MARKDOWN | HTML:
        raise NotRead(f"{name} is neither Markdown nor HTML by its name.")
    return _draft(text, is_html=kind in HTML, name=path.stem, url="")


def _draft(text: str, *, is_html: bool, name: str, url: str) -> Draft:
    if is_html:
        title, body = read_html(text)
    else:
        title, body = split_front_matter(text)
        first = body.lstrip().split("\n", 1)[0]
        if not title and first.startswith("# "):
            title = first.removeprefix("# ").strip()
    if not body.strip():
        raise NotRead(f"{url or name} has no text.")
    return Draft(title or name.replace("-", " ").replace("_", " "), body, url[:500])


def _decoded(page: Page) -> str:
    for charset in (page.charset, "utf-8"):
        try:
            return page.body.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return page.body.decode("latin-1")


def _of_path(path: Path, *, private: bool) -> list[Place]:
    kind = path.suffix.lower()
    if path.is_dir():
        found = sorted(one for one in path.rglob("*") if one.suffix.lower() in MARKDOWN | HTML)
        inside = path.resolve()
        # A link that leads out of the folder does not belong to it.
        return [
            Place(one.relative_to(path).as_posix(), one)
            for one in found
            if one.is_file() and one.resolve().is_relative_to(inside)
        ]
    try:
        if kind in MARKDOWN | HTML:
            path.stat()
            return [Place(path.name, path)]
        raw = path.read_bytes()
    except OSError as error:
        raise NotRead(f"{path} cannot be opened: {error.strerror}.") from error
    if kind == ".txt":
        return find_addresses(decode_text(raw), private=private)
    if path.name.lower().endswith((".xml", ".xml.gz")):
        return _of_sitemap(raw, str(path), private=private)
    raise NotRead(f"{path} is not a folder, article, list of addresses (.txt) or sitemap (.xml).")


def _of_sitemap(raw: bytes, name: str, *, private: bool, deep: int = 0) -> list[Place]:
    try:
        tree = ElementTree.fromstring(unpack(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, OSError) as error:
        raise NotRead(f"{name} is not a sitemap: {error}.") from error
    addresses = list(_addresses(tree))
    if not tree.tag.endswith("sitemapindex"):
        return [Place(one) for one in addresses]
    if deep:
        raise NotRead(f"{name} is an index within an index of sitemaps.")
    if len(addresses) > _SITEMAPS:
        raise NotRead(f"{name} names more than {_SITEMAPS} sitemaps.")
    return [
        place
        for one in addresses
        for place in _of_sitemap(read_page(one, private=private).body, one, private=private, deep=1)
    ]


def _addresses(tree: Element) -> Iterator[str]:
    for entry in tree:
        for part in entry:
            text = (part.text or "").strip()
            if part.tag.endswith("}loc") or part.tag == "loc":
                if not text.startswith(_WEB):
                    raise NotRead(f"{text[:80]!r} is not a web address.")
                yield text

"""Northbank's help centre, one Markdown file per article; `read_articles()` returns them.

The first line is the title. They are indexed as the demo workspace's knowledge and shown at
/demo/help/.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class DemoArticle:
    slug: str
    title: str
    body: str
    """Markdown after the title."""

    @property
    def url(self) -> str:
        return f"/demo/help/{self.slug}"


@cache
def read_articles() -> tuple[DemoArticle, ...]:
    """Returns all articles in the order of their slugs."""
    return tuple(_read(path) for path in sorted(Path(__file__).parent.glob("*.md")))


def _read(path: Path) -> DemoArticle:
    title, _, body = path.read_text(encoding="utf-8").partition("\n")
    return DemoArticle(path.stem, title.removeprefix("# "), body.strip())

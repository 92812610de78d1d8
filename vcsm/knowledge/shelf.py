"""The files of a folder of articles, and what each of them may be called."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

HTML = (".html", ".htm")
ENDINGS = (".md", ".markdown", ".txt", *HTML)


@dataclass(frozen=True)
class Shelf:
    folder: Path
    files: dict[str, Path]
    """Files by name: the path below the folder, with its ending."""

    def find_all(self, wanted: Iterable[str]) -> dict[str, str]:
        """Returns the name of each wanted article.

        Wanted are paths below or with the folder, or files' names, with or without ending. Raises
        ValueError where one fits no article, or several: every answer to its questions would count
        as wrong, or too many as right.
        """
        found = {one: self._find(one) for one in sorted(wanted)}
        unknown = [one for one, names in found.items() if not names]
        if unknown:
            some = ", ".join(unknown[:3])
            raise ValueError(
                f"{len(unknown)} articles of the questions are not in the folder: {some}."
            )
        for one, names in found.items():
            if len(names) > 1:
                raise ValueError(
                    f"{one} may be any of {len(names)} articles: {', '.join(names[:3])}."
                    " Name it with its folder and ending."
                )
        return {one: names[0] for one, names in found.items()}

    def _find(self, wanted: str) -> list[str]:
        wanted = wanted.replace("\\", "/").removeprefix("./")
        written = [(name, named) for name in (wanted, self._below(wanted)) for named in self._named]
        return next((found for name, named in written if (found := named.get(name))), [])

    def _below(self, wanted: str) -> str:
        """Takes the folder's own path, or the end of it, off the front of a name."""
        parts = self.folder.resolve().parts
        tails = (PurePosixPath(*parts[start:]).as_posix() for start in range(len(parts)))
        tail = next((tail for tail in tails if wanted.startswith(f"{tail}/")), "")
        return wanted.removeprefix(f"{tail}/") if tail else wanted

    @cached_property
    def _named(self) -> list[dict[str, list[str]]]:
        """Articles by what they may be called, the surest way first."""
        ways: list[dict[str, list[str]]] = [defaultdict(list) for _ in range(4)]
        for name in self.files:
            path = PurePosixPath(name)
            called = (name, path.with_suffix("").as_posix(), path.name, path.stem)
            for way, one in zip(ways, called, strict=True):
                way[one].append(name)
        return ways


def find_articles(folder: Path) -> Shelf:
    """Finds Markdown, text and HTML below the folder, in the order of their names.

    Links to files are followed, links to folders are not. Raises ValueError when there is none.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder.")
    ended = (file for file in folder.rglob("*") if file.suffix.lower() in ENDINGS)
    files = sorted(file for file in ended if file.is_file())
    if not files:
        raise ValueError(f"{folder} holds no articles (*.md, *.txt, *.html).")
    # In NFC, as labels are: some file systems write "é" as two letters.
    names = (unicodedata.normalize("NFC", file.relative_to(folder).as_posix()) for file in files)
    return Shelf(folder, dict(zip(names, files, strict=True)))

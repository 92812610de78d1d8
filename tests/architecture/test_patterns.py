"""No pattern of ours can be made to take for ever: none repeats without bound what itself repeats
without bound, the form whose cost doubles with every character (CWE-1333)."""

import ast
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from tests.architecture.test_shape import PACKAGES, parsed, sources
from tests.stack import ROOT

CALLS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)


def patterns() -> Iterator[tuple[str, str]]:
    """Where, and what: every constant that is handed to `re`."""
    for path in sources(".py"):
        if path.relative_to(ROOT).parts[0] not in PACKAGES:
            continue
        for node in ast.walk(parsed(path)):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if not called or getattr(node.func.value, "id", "") != "re":  # type: ignore[union-attr]
                continue
            given = node.args[0] if node.args else None  # type: ignore[union-attr]
            if node.func.attr in CALLS and isinstance(given, ast.Constant):  # type: ignore[union-attr]
                yield f"{path.relative_to(ROOT)}:{node.lineno}", str(given.value)


def explodes(pattern: str) -> bool:
    return _explodes(parser.parse(pattern), within=False)


def _explodes(parts: Any, *, within: bool) -> bool:
    for code, given in parts:
        endless = code in REPEATS and given[1] is codes.MAXREPEAT
        if endless and within:
            return True
        for inner in _inside(given):
            # A repetition that begins or ends in something fixed still has one way to match.
            loose = endless and len(inner) == 1
            if _explodes(inner, within=loose or (within and len(parts) == 1)):
                return True
    return False


def _inside(given: Any) -> Iterator[Any]:
    """The sub-patterns of a part, whatever its form."""
    if isinstance(given, parser.SubPattern):
        yield given
    elif isinstance(given, (list, tuple)):
        for one in given:
            yield from _inside(one)


def test_no_pattern_explodes() -> None:
    found = list(patterns())
    assert len(found) > 20, "the patterns have moved: this test looks at nothing"
    assert [where for where, pattern in found if explodes(pattern)] == []


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a*)*", "((a+))+b", "(?:x+|y)+", "(\\w+)*@"])
def test_it_finds_one_that_does(pattern: str) -> None:
    re.compile(pattern)
    assert explodes(pattern)

"""docs/promises.md names a test for every promise: each of them is there."""

import re

from tests.stack import ROOT

NAMED = re.compile(r"`((?:tests|frontend)/[\w/.]+\.(?:py|ts))(?:::(\w+))?`")


def test_every_test_that_is_named_exists() -> None:
    words = (ROOT / "docs" / "promises.md").read_text()
    named = NAMED.findall(words)
    assert len(named) > 40
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).is_file()
        or (test and not re.search(rf"def {test}\b", (ROOT / file).read_text()))
    ]
    assert not missing

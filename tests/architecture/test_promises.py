"""docs/promises.md names a test for every promise: each of them is there."""

import re

from tests.stack import ROOT
from vcsm.escalation.brief import IN_WORDS
from vcsm.friction.thresholds import KINDS
from vcsm.problems.lifecycle import WORDS

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


def test_the_console_names_kinds_of_friction_as_mail_and_problems_do() -> None:
    """A team that reads "Slow interactions" in its mail finds the same words on the screen."""
    script = (ROOT / "frontend" / "console" / "words.ts").read_text()
    table = script.partition("const KINDS")[2].partition("}")[0]
    assert dict(re.findall(r"^  (\w+): '(.+)',$", table, re.MULTILINE)) == WORDS
    assert set(IN_WORDS) == set(WORDS) >= {*KINDS, "no_results"}

"""The can/can't list as a file."""

import pytest

from tests.stack import ROOT
from vcsm.governance.checks import failed_checks, refuse_failing
from vcsm.governance.guardrails import (
    LONGEST,
    ListUnreadable,
    read_guardrails,
    written_guardrails,
    written_text,
)
from vcsm.governance.use_cases import USE_CASES

SMALL = "[contact]\ninterruptions_a_day = 1\ninterruptions_a_week = 2\n"


def test_it_works() -> None:
    read = read_guardrails(
        SMALL + '[[can]]\nuse_case = "offer_help"\nat_most = "shadow"\nwords="x"'
    )
    assert read.at_most("offer_help") == "shadow"
    assert read.at_most("answer_questions") == "off"


def test_the_written_list_passes_its_own_checks_and_names_every_use_case() -> None:
    written = written_guardrails()
    assert len(written.check) >= 6
    assert failed_checks(written) == []
    assert {one.use_case for one in written.can} == {one.key for one in USE_CASES}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "contact"),
        ("[contact", "not TOML"),
        ("\x00", "not TOML"),
        (SMALL + "interruptions_a_year = 3", "interruptions_a_year"),
        ("[contact]\ninterruptions_a_day = -1\ninterruptions_a_week = 2", "not understood"),
        ("[contact]\ninterruptions_a_day = nan\ninterruptions_a_week = 2", "not understood"),
        ("[contact]\ninterruptions_a_day = 3\ninterruptions_a_week = 2", "at least"),
        (SMALL + '[[can]]\nuse_case = "gossip"\nat_most = "auto"\nwords = "x"', "gossip"),
        (SMALL + '[[can]]\nuse_case = "offer_help"\nat_most = "always"\nwords = "x"', "always"),
        (SMALL + 2 * '[[can]]\nuse_case="offer_help"\nat_most="auto"\nwords="x"\n', "twice"),
        (SMALL + '[[cannot]]\neffect = "telepathy"\nwords = "x"', "telepathy"),
        (SMALL + "#" * LONGEST, "longer"),
        (SMALL + "x = " + "[" * 5000, "not TOML|not understood"),
    ],
)
def test_what_is_no_list(text: str, why: str) -> None:
    with pytest.raises(ListUnreadable, match=why):
        read_guardrails(text)


def test_a_list_that_fails_its_own_check_is_refused() -> None:
    said = 'interruptions_today = 6\nexpect = "refuse"'
    assert said in written_text()
    loose = written_text().replace("interruptions_a_day = 6", "interruptions_a_day = 7")
    with pytest.raises(
        ListUnreadable, match=r"Check 2 expects refuse of offer_help .* leads to do"
    ):
        refuse_failing(read_guardrails(loose))


def test_the_demos_own_list_passes_its_checks() -> None:
    text = (ROOT / "vcsm" / "demo" / "guardrails.toml").read_text()
    refuse_failing(read_guardrails(text))

"""Ways through the product: what is learned of them, and silence where they do not tell."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from vcsm.intent.paths import STEPS, PathModel, Way, keep_latest, learn_paths, name_page

INVITES = [Way(("/home", "/team", "track:seat_added"), "invite")] * 30
EXPORTS = [Way(("/home", "/reports", "/reports/:id"), "export")] * 30


def test_it_works():
    model = learn_paths([*INVITES, *EXPORTS])
    intent, chance = model.guess(("/home", "/team", "track:seat_added"))
    assert intent == "invite"
    assert 0.5 < chance <= 1


def test_a_way_that_everybody_takes_says_nothing():
    mixed = [Way(("/home",), f"intent {number % 20}") for number in range(200)]
    assert learn_paths(mixed).guess(("/home",)) is None


def test_an_unknown_way_says_nothing():
    assert learn_paths([*INVITES, *EXPORTS]).guess(("/nowhere", "/else")) is None


def test_a_few_sessions_teach_nothing():
    assert learn_paths([*INVITES[:5], *EXPORTS[:5]]).guess(("/team",)) is None


def test_it_goes_through_the_database_as_json():
    model = learn_paths([*INVITES, *EXPORTS])
    assert msgspec.convert(msgspec.to_builtins(model), PathModel) == model
    assert msgspec.convert({}, PathModel).guess(("/team",)) is None


def test_identifiers_in_a_page_are_one_step():
    assert name_page("/accounts/4711/team") == name_page("/accounts/12/team")
    assert name_page("/a/3f2504e0-4f89-11d3-9a0c-0305e82c3301") == "/a/:id"
    assert name_page("/settings/team") == "/settings/team"


@given(st.lists(st.sampled_from(["/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h", "/i", "/j"])))
def test_the_latest_distinct_steps_are_kept(steps):
    kept = keep_latest(steps)
    assert len(kept) == len(set(kept)) <= STEPS
    assert set(kept) <= set(steps)
    if steps:
        assert kept[-1] == steps[-1]


@given(st.lists(st.tuples(st.lists(st.sampled_from("abc"), max_size=4), st.sampled_from("xy"))))
def test_any_history_gives_a_probability_or_silence(history):
    model = learn_paths(Way(tuple(steps), intent) for steps, intent in history)
    guessed = model.guess(("a", "b"))
    assert guessed is None or 0 < guessed[1] <= 1

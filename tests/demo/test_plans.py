import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.demo.banking77 import read_utterances
from vcsm.demo.customers.temperaments import TEMPERAMENTS, choose_temperament, plan_visit
from vcsm.events import kinds
from widget import protocol

CALM = {"calm", "hurried", "explorer", "talkative"}
names = st.sampled_from(sorted(TEMPERAMENTS))
seeds = st.text(max_size=8)


def test_it_works() -> None:
    visit = plan_visit("furious", seed="1", wants=read_utterances())
    assert visit.truth.stuck
    assert visit.truth.page == "/demo/statements"
    assert any(isinstance(event, kinds.Burst) for step in visit.steps for event in step.events)


@given(names, seeds)
def test_the_same_seed_is_the_same_visit(name: str, seed: str) -> None:
    wants = read_utterances()
    assert plan_visit(name, seed=seed, wants=wants) == plan_visit(name, seed=seed, wants=wants)


@given(names, seeds)
def test_every_event_is_one_that_a_widget_may_send(name: str, seed: str) -> None:
    steps = plan_visit(name, seed=seed, wants=read_utterances()).steps
    events = [event for step in steps for event in step.events]
    frame = protocol.Events(sequence=1, events=events)
    assert protocol.parse_frame(protocol.encode_frame(frame)) == frame
    numbers = [event.click for event in events if isinstance(event, kinds.Click)]
    assert numbers == list(range(1, len(numbers) + 1))


@given(names, seeds)
def test_who_is_not_stuck_meets_nothing_broken(name: str, seed: str) -> None:
    visit = plan_visit(name, seed=seed, wants=read_utterances())
    broken = [
        event
        for step in visit.steps
        for event in step.events
        if (isinstance(event, kinds.Verdict) and event.verdict in ("dead", "error"))
        or (isinstance(event, kinds.Burst) and event.verdict == "rage")
        or (isinstance(event, kinds.Search) and event.results == 0)
    ]
    assert visit.truth.stuck == bool(broken) == (name not in CALM)
    if visit.truth.element:
        places = {(event.page, event.element.id) for event in broken}  # type: ignore[union-attr]
        assert places == {(visit.truth.page, visit.truth.element)}


@given(names, seeds)
def test_what_they_say_is_what_people_said_who_wanted_that(name: str, seed: str) -> None:
    wants = read_utterances()
    visit = plan_visit(name, seed=seed, wants=wants)
    said = [step.say for step in visit.steps if step.say]
    assert visit.truth.wants in wants
    others = [text for text in said if text not in wants[visit.truth.wants]]
    assert len(others) == visit.truth.asks_person


def test_most_of_a_crowd_is_not_stuck() -> None:
    crowd = [choose_temperament(random.Random(number)) for number in range(500)]
    assert set(crowd) == set(TEMPERAMENTS)
    assert sum(name in CALM for name in crowd) > 300


def test_steps_cannot_be_changed_after_planning() -> None:
    step = plan_visit("calm", seed="1", wants=read_utterances()).steps[0]
    with pytest.raises(AttributeError):
        step.events[0].at = 5  # type: ignore[misc]
    assert msgspec.structs.replace(step.events[0], at=5).at == 5

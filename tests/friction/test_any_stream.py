"""What holds of every stream of events, however odd."""

import gc
import itertools
import json
import sys
from types import FunctionType, ModuleType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.friction.build import feed_all, last_by_key
from tests.friction.streams import EVENTS, flood
from tests.friction.test_clicks import verdict
from tests.friction.test_words_and_flows import FLOW
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Burst, Click, Page, Request, Verdict
from vcsm.friction.replay import replay
from vcsm.friction.session import KINDS, SessionFriction
from vcsm.friction.struggle import score
from vcsm.friction.thresholds import FrictionSettings

MAX_BYTES = 1_000_000
"""All state of one session under attack; an honest session takes some ten kilobytes."""


@given(EVENTS)
def test_any_order_and_any_clock_is_survived_and_every_signal_is_sound(
    events: list[AnyEvent],
) -> None:
    for signal in feed_all(events, FLOW):
        assert signal.kind in KINDS and signal.key.startswith(signal.kind)
        assert len(signal.key) <= 120 and len(signal.evidence) <= 24
        assert 0 <= signal.severity <= 1 and 0 <= signal.started_at <= signal.last_at
        assert (signal.count == 0) == signal.retracted == (signal.severity == 0)
        assert all(sequence == 1 and at < len(events) for sequence, at in signal.evidence)
        assert len(set(signal.evidence)) == len(signal.evidence)
        json.dumps(signal.facts, allow_nan=False)


@given(EVENTS)
def test_the_same_events_give_the_same_signals(events: list[AnyEvent]) -> None:
    assert feed_all(events, FLOW) == feed_all(events, FLOW)


@given(EVENTS)
def test_an_event_doubled_at_once_raises_no_more_clicks(events: list[AnyEvent]) -> None:
    clicked = [event for event in events if isinstance(event, Click | Verdict | Burst | Request)]
    doubled = list(itertools.chain.from_iterable(zip(clicked, clicked, strict=True)))
    once, twice = (
        {(s.key, s.count, s.severity, s.retracted) for s in last_by_key(feed_all(stream)).values()}
        for stream in (clicked, doubled)
    )
    assert once == twice


@given(EVENTS)
def test_what_is_taken_back_leaves_no_trace_in_the_struggle(events: list[AnyEvent]) -> None:
    last = last_by_key(feed_all(events, FLOW))
    standing = [signal for signal in last.values() if not signal.retracted]
    at = max((signal.last_at for signal in standing), default=0)
    assert score(last.values(), at=at) == score(standing, at=at)


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["dead", "disabled"])), max_size=24))
def test_clicks_all_answered_in_the_end_are_no_struggle(clicks: list[tuple[int, str]]) -> None:
    judged = [
        verdict(click, how, at=1_700_000_000_000 + n) for n, (click, how) in enumerate(clicks)
    ]
    answered = [verdict(click, "answered", at=1_700_000_005_000) for click, _ in clicks]
    assert score(feed_all([*judged, *answered]), at=1_700_000_005_000).score == 0


@given(EVENTS)
def test_replaying_json_gives_the_same_bytes(events: list[AnyEvent]) -> None:
    lines = [msgspec.json.encode({"session": "s", "events": events})]
    first, second = (
        [msgspec.json.encode(one) for one in replay(lines, FrictionSettings())] for _ in range(2)
    )
    assert first == second
    assert len(first) == len(feed_all(events))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_thousand_hostile_events_leave_a_bounded_state(seed: int) -> None:
    settings = FrictionSettings.from_dict(FLOW)
    friction = SessionFriction(settings)
    told, sizes = 0, []
    for position, event in enumerate(flood(seed, 100_000)):
        told += len(friction.feed(event, sequence=1, position=position))
        if position in (49_999, 99_999):
            sizes.append(_bytes(friction, {id(settings)}))
    assert told > 10_000  # the detectors did work
    assert sizes[1] < MAX_BYTES and sizes[1] < 1.1 * sizes[0]


def test_a_clock_set_back_a_year_does_not_stop_the_detectors() -> None:
    year = 365 * 86_400_000
    start = 1_700_000_000_000
    walk = [Page(at=start + year, page="/x")]
    walk += [Page(at=start + n * 3000, page=page) for n, page in enumerate(["/a", "/b", "/a"])]
    assert [signal.kind for signal in feed_all(walk)] == ["u_turn"]


def _bytes(thing: object, seen: set[int]) -> int:
    """Size of all that `thing` holds on to, without code and what is in `seen`."""
    if id(thing) in seen or isinstance(thing, type | FunctionType | ModuleType):
        return 0
    seen.add(id(thing))
    return sys.getsizeof(thing) + sum(_bytes(one, seen) for one in gc.get_referents(thing))

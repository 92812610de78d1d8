"""Told at once, then gathered: whenever signals come, none waits long and few are told."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from vcsm.friction.pace import FIRST_QUIET, LONGEST_QUIET, REST, Pace

SESSIONS = [UUID(int=number) for number in range(3)]
STREAMS = st.lists(
    st.tuples(st.sampled_from(SESSIONS), st.floats(0, 1.5 * REST)), min_size=1, max_size=80
)
"""Who signals, and how long after the signal before."""


@dataclass
class Played:
    """What became of a stream of signals; times in seconds."""

    heard: list[float] = field(default_factory=list)
    told: list[tuple[float, bool]] = field(default_factory=list)
    """When, and whether as a first one."""


def play(stream: list[tuple[UUID, float]]) -> dict[UUID, Played]:
    """Plays it as an event loop would: a telling that is due comes before what is heard later."""
    pace, now, due = Pace(), 0.0, dict[UUID, float]()
    played = {session: Played() for session in SESSIONS}

    def run_until(moment: float) -> None:
        for session, at in sorted(due.items(), key=lambda item: item[1]):
            if at <= moment:
                del due[session]
                pace.told(session, at)
                played[session].told.append((at, False))

    for session, gap in stream:
        now += gap
        run_until(now)
        played[session].heard.append(now)
        telling = pace.hear(session, now)
        if telling is None:
            assert session in due, "nothing is on its way that could tell it"
        elif telling.first:
            played[session].told.append((now, True))
        else:
            due[session] = now + telling.seconds
    run_until(float("inf"))
    return played


def test_it_works() -> None:
    vera = SESSIONS[0]
    told = play([(vera, 1.0), (vera, 0.1), (vera, 0.1), (vera, 0.2), (vera, REST)])[vera].told
    assert told == [(1.0, True), (1.25, False), (1.75, False), (1.4 + REST, True)]


@given(STREAMS)
def test_no_signal_waits_longer_than_the_longest_quiet(stream: list[tuple[UUID, float]]) -> None:
    for one in play(stream).values():
        for heard in one.heard:
            assert any(heard <= at <= heard + LONGEST_QUIET + 1e-6 for at, _ in one.told)


@given(STREAMS)
def test_who_has_rested_is_told_first_and_nobody_else(stream: list[tuple[UUID, float]]) -> None:
    for one in play(stream).values():
        before = zip([float("-inf"), *one.heard], one.heard, strict=False)
        rested = [heard for earlier, heard in before if heard - earlier >= REST]
        assert [at for at, first in one.told if first] == rested


@given(STREAMS)
def test_between_two_tellings_it_is_quiet_and_ever_longer(stream: list[tuple[UUID, float]]) -> None:
    for one in play(stream).values():
        quiet = 0.0
        for (earlier, _), (at, first) in zip(one.told, one.told[1:], strict=False):
            quiet = 0.0 if first else max(FIRST_QUIET, min(2 * quiet, LONGEST_QUIET))
            assert at - earlier >= quiet - 1e-6


def test_who_has_rested_is_forgotten() -> None:
    pace = Pace()
    for number in range(1_000):
        pace.hear(uuid4(), float(number))
    assert len(pace) == REST

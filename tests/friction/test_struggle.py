"""One number per session, its parts, and whose it is."""

from typing import Any

import pytest

from tests.friction.build import PLUS, SAVE, T, feed_all
from vcsm.events.kinds import Click, Input, Page, Search, Verdict
from vcsm.friction.session import KINDS
from vcsm.friction.signal import Signal
from vcsm.friction.struggle import HALF_LIFE_MS, TRUST, Baseline, score


def signal(kind: str, key: str = "", **more: Any) -> Signal:
    values = {
        "element": SAVE, "page": "/pay", "severity": 0.5, "count": 4, "started_at": T,
        "last_at": T + 2000, "evidence": (), "facts": {},
    } | more  # fmt: skip
    return Signal(kind=kind, key=key or kind, **values)


def test_it_works() -> None:
    struggle = score([signal("rage"), signal("search_struggle", element=None)], at=T + 2000)
    assert 0.5 < struggle.score < 1
    assert [part.key for part in struggle.parts] == ["rage", "search_struggle"]
    assert sum(part.contribution for part in struggle.parts) == pytest.approx(
        struggle.score, abs=0.001
    )


def test_every_kind_has_its_trust() -> None:
    assert set(TRUST) == set(KINDS)


def test_exploring_and_hard_work_are_not_struggle() -> None:
    events = []
    for n in range(4000):
        at = T + n * 900
        events += [
            Click(at=at, page=f"/p{n}", click=n, element=(SAVE, PLUS)[n % 2]),
            Page(at=at + 300, page=f"/p{n + 1}", how="push"),
            Search(at=at + 400, page="/s", query=f"{n * 7919}", results=4),
            Input(at=at + 500, page=f"/p{n + 1}", element=PLUS, form=f"f{n}", edits=30),
        ]
    found = feed_all(events)
    assert score(found, at=T).score == 0


def test_it_fades_slowly() -> None:
    now, later = (score([signal("rage")], at=T + 2000 + age) for age in (0, HALF_LIFE_MS))
    assert later.load == pytest.approx(now.load / 2, abs=0.001) and 0 < later.score < now.score


def test_a_clock_behind_the_signals_changes_nothing() -> None:
    assert score([signal("rage")], at=0) == score([signal("rage")], at=T)


def test_two_kinds_on_one_element_count_more_than_their_sum() -> None:
    rage, dead = signal("rage"), signal("dead", started_at=T + 60_000, last_at=T + 62_000)
    alone = score([rage], at=T).load + score([dead], at=T).load
    assert score([rage, dead], at=T).load > alone


def test_the_same_clicks_are_never_counted_twice() -> None:
    rage, dead = signal("rage"), signal("dead")
    together = score([rage, dead], at=T).load
    assert score([rage], at=T).load < together
    assert together < score([rage], at=T).load + score([dead], at=T).load


def test_signals_on_different_elements_are_independent() -> None:
    rage, dead = signal("rage"), signal("dead", element=PLUS)
    alone = score([rage], at=T).load + score([dead], at=T).load
    assert score([rage, dead], at=T).load == pytest.approx(alone, abs=0.001)


def test_only_the_last_state_of_an_episode_counts_and_none_when_retracted() -> None:
    grown = signal("rage", severity=0.7)
    assert score([signal("rage"), grown], at=T) == score([grown], at=T)
    taken_back = signal("rage", severity=0, retracted=True)
    assert score([grown, taken_back], at=T) == score([], at=T)
    assert score([], at=T).score == 0 and score([], at=T).parts == ()


def test_the_same_signals_say_less_of_a_contact_who_always_has_them() -> None:
    calm, fidgety = Baseline(sessions=40, load=2.0), Baseline(sessions=40, load=60.0)
    scores = [score([signal("rage")], at=T, baseline=one).score for one in (calm, None, fidgety)]
    assert scores[0] > scores[1] > scores[2] > 0


def test_one_bad_session_hardly_moves_the_baseline() -> None:
    fresh, once = Baseline(), Baseline().include(5.0)
    assert fresh.expected < once.expected < 5.0 / 2


def test_three_dead_clicks_on_one_control_weigh_more_than_a_fast_reader_ever_does() -> None:
    dead = feed_all(
        [
            Verdict(at=T + n * 6000, page="/a", click=n, element=SAVE, verdict="dead")
            for n in range(3)
        ]
    )
    turned_back = feed_all(
        [Page(at=T + n * 2000, page=page) for n, page in enumerate(["/a", "/b", "/a"])]
    )
    at = T + 12_000
    assert score(dead, at=at).score > 0.35 > 0.1 > score(turned_back, at=at).score > 0

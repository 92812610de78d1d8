"""Turning back, going in circles, reloading, shaking the pointer, and looking for help."""

from tests.friction.build import SAVE, T, feed_all, last_by_key, standing
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Click, Cursor, Input, Page, Track, Verdict


def walk(*pages: str, every: int = 3000, how: str = "push") -> list[AnyEvent]:
    return [Page(at=T + n * every, page=page, how=how) for n, page in enumerate(pages)]


def test_it_works() -> None:
    [signal] = feed_all(walk("/a", "/b", "/a"))
    assert (signal.kind, signal.page, signal.facts) == ("u_turn", "/b", {"back_to": "/a"})
    assert (signal.started_at, signal.last_at) == (T + 3000, T + 6000)


def test_staying_or_doing_something_there_is_no_u_turn() -> None:
    assert feed_all(walk("/a", "/b", "/a", every=7001)) == []
    away, there, back = walk("/a", "/b", "/a")
    for done in (
        Track(at=T + 4000, page="/b", name="approved"),
        Input(at=T + 4000, page="/b", element=SAVE, edits=2),
    ):
        assert standing(feed_all([away, there, done, back]), "u_turn") == []
    clicks = [Click(at=T + 4000, page="/b", click=n, element=SAVE) for n in range(2)]
    assert feed_all([away, there, *clicks, back]) == []


def test_looking_through_a_list_takes_the_single_turns_back() -> None:
    signals = feed_all(walk("/list", "/one", "/list", "/two", "/list", "/three", "/list"))
    assert standing(signals, "u_turn") == []
    assert [s.retracted for s in signals if s.kind == "u_turn"] == [False, True]


def test_details_under_one_masked_path_may_all_be_different() -> None:
    assert feed_all(walk("/list", "/order/:id", "/list", "/order/:id", "/list")) == []


def test_going_in_circles_is_a_loop_that_grows() -> None:
    events = walk("/a", "/b", "/a", "/b", "/a", "/b", every=8000)
    loops = [s for s in feed_all(events) if s.kind == "page_loop"]
    assert [s.count for s in loops] == [5, 6] and len(last_by_key(loops)) == 1
    assert loops[0].started_at == T and loops[0].facts["pages"] == "/a /b"


def test_a_loop_of_three_pages_entered_from_a_fourth() -> None:
    events = walk("/start", *["/a", "/b", "/c"] * 3, every=4000)
    assert standing(feed_all(events), "page_loop")


def test_a_loop_that_lets_a_page_go_is_still_one_episode() -> None:
    events = walk("/c", "/a", "/b", "/c", "/a", "/b", "/a", "/b", "/a", "/b", "/a", every=4000)
    assert len(standing(feed_all(events), "page_loop")) == 1


def test_many_pages_and_getting_something_done_are_no_loop() -> None:
    assert feed_all(walk(*[f"/{n}" for n in range(300)], every=500)) == []
    events: list[AnyEvent] = []
    for event in walk(*["/a", "/b"] * 6, every=8000):
        events += [event, Track(at=event.at + 10, page=event.page, name="matched")]
    assert feed_all(events) == []


def test_anchors_and_replacements_are_no_visits() -> None:
    assert feed_all(walk(*["/a", "/b"] * 9, how="hash")) == []
    assert feed_all(walk(*["/a", "/b"] * 9, how="replace")) == []


def test_reloading_in_hope_is_friction_and_reloading_by_timer_is_not() -> None:
    gaps = [0, 4000, 9000, 11_000]
    reloads = [Page(at=T + gap, page="/job", how="reload") for gap in gaps]
    assert [s.count for s in feed_all(reloads) if s.kind == "refresh_loop"] == [3, 4]
    assert feed_all(walk(*["/board"] * 20, every=30_000, how="reload")) == []


def test_shaking_in_a_small_box_scores_and_crossing_the_screen_does_not() -> None:
    shaken = Cursor(at=T, page="/a", span=1000, path=3000, turns=12, box=160)
    [signal] = feed_all([shaken])
    assert signal.kind == "thrashed_cursor" and signal.severity < 0.2
    crossing = Cursor(at=T, page="/a", span=1000, path=900, turns=1, box=900)
    still = Cursor(at=T, page="/a", span=0, path=0, turns=0, box=0)
    assert feed_all([crossing, still]) == []


def test_help_after_struggle_is_a_signal_and_is_taken_back_with_it() -> None:
    dead = Verdict(at=T, page="/a", click=1, element=SAVE, verdict="dead")
    answered = Verdict(at=T + 9000, page="/a", click=1, element=SAVE, verdict="answered")
    help_pages = [Page(at=T + 5000, page="/help"), Page(at=T + 6000, page="/help/billing")]
    signals = feed_all([dead, *help_pages, answered])
    assert [(s.kind, s.retracted) for s in signals] == [
        ("dead", False),
        ("help_visit", False),
        ("dead", True),
        ("help_visit", True),
    ]


def test_help_with_nothing_wrong_before_or_long_after_is_learning() -> None:
    assert feed_all(walk("/a", "/help", "/help/x", every=30_000)) == []
    dead = Verdict(at=T, page="/a", click=1, element=SAVE, verdict="dead")
    late = Page(at=T + 120_001, page="/help")
    assert standing(feed_all([dead, late]), "help_visit") == []
    elsewhere = {"help_pages": ["/learn/*"]}
    early = Page(at=T + 1000, page="/help")
    assert standing(feed_all([dead, early], elsewhere), "help_visit") == []

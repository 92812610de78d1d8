"""Rage, dead clicks and error clicks: what counts, what is taken back."""

from tests.friction.build import PLUS, SAVE, T, feed_all, last_by_key, standing
from vcsm.events.kinds import Burst, Click, Element, Error, Verdict


def verdict(click: int, how: str, *, at: int = T, element: Element = SAVE) -> Verdict:
    return Verdict(at=at, page="/pay", click=click, element=element, verdict=how)


def burst(clicks: int, how: str = "rage", *, number: int = 1, at: int = T) -> Burst:
    return Burst(
        at=at, page="/pay", burst=number, element=SAVE, verdict=how, clicks=clicks, span=900
    )


def test_it_works() -> None:
    signals = feed_all([verdict(1, "dead"), verdict(2, "dead", at=T + 2000)])
    assert [signal.count for signal in signals] == [1, 2]
    assert len({signal.key for signal in signals}) == 1
    first, second = signals
    assert (first.kind, first.element, first.page) == ("dead", SAVE, "/pay")
    assert (second.started_at, second.last_at) == (T, T + 2000)
    assert second.evidence == ((1, 0), (1, 1))
    assert second.severity > first.severity


def test_a_late_answer_takes_the_click_back() -> None:
    signals = feed_all([verdict(1, "dead"), verdict(1, "answered", at=T + 4000)])
    assert [signal.retracted for signal in signals] == [False, True]
    assert signals[1].count == 0 and signals[1].severity == 0


def test_one_of_two_dead_clicks_answered_shrinks_the_episode() -> None:
    signals = feed_all(
        [verdict(1, "dead"), verdict(2, "dead", at=T + 900), verdict(1, "slow", at=T + 3000)]
    )
    [dead] = standing(signals, "dead")
    assert dead.count == 1 and dead.evidence == ((1, 1),) and dead.started_at == T + 900


def test_a_click_after_a_retraction_opens_a_new_episode() -> None:
    signals = feed_all(
        [verdict(1, "dead"), verdict(1, "answered"), verdict(2, "dead", at=T + 1000)]
    )
    assert len(last_by_key(signals)) == 2
    assert [signal.started_at for signal in standing(signals)] == [T + 1000]


def test_the_same_verdict_twice_counts_once() -> None:
    assert [s.count for s in feed_all([verdict(1, "dead"), verdict(1, "dead")])] == [1]


def test_a_click_number_used_again_after_a_reload_is_another_click() -> None:
    [dead] = standing(feed_all([verdict(1, "dead"), verdict(1, "dead", at=T + 30_000)]))
    assert dead.count == 2


def test_dead_clicks_far_apart_are_two_episodes() -> None:
    signals = feed_all([verdict(1, "dead"), verdict(2, "dead", at=T + 61_000)])
    assert len(standing(signals)) == 2


def test_a_disabled_control_weighs_less_than_a_dead_one() -> None:
    [dead], [disabled] = feed_all([verdict(1, "dead")]), feed_all([verdict(1, "disabled")])
    assert disabled.severity < dead.severity and disabled.facts["disabled"] == 1


def test_an_answered_verdict_out_of_nowhere_says_nothing() -> None:
    assert feed_all([verdict(9, "answered")]) == []


def test_rage_grows_and_repeat_use_takes_it_back() -> None:
    signals = feed_all([burst(3), burst(5, at=T + 400), burst(9, "repeat_use", at=T + 900)])
    assert [signal.count for signal in signals] == [3, 5, 0]
    assert len({signal.key for signal in signals}) == 1 and signals[-1].retracted


def test_two_bursts_on_one_control_are_one_episode() -> None:
    [rage] = standing(feed_all([burst(4), burst(4, number=2, at=T + 20_000)]))
    assert rage.count == 8 and rage.facts["bursts"] == 2


def test_an_older_report_of_a_burst_coming_late_changes_nothing() -> None:
    assert [s.count for s in feed_all([burst(5), burst(3)])] == [5]


def test_repeated_use_of_a_stepper_is_not_rage() -> None:
    assert feed_all([burst(40, "repeat_use")]) == []


def test_unanswered_rage_weighs_more_than_answered() -> None:
    [angry] = feed_all([burst(4)])
    [toggled] = feed_all(
        [
            Burst(
                at=T,
                page="/",
                burst=1,
                element=PLUS,
                verdict="rage",
                clicks=4,
                answered=4,
                span=800,
            )
        ]
    )
    assert angry.severity > toggled.severity


def test_an_error_names_its_click_and_so_its_element() -> None:
    click = Click(at=T, page="/pay", click=7, element=SAVE)
    error = Error(at=T + 100, page="/pay", message="x is undefined", click=7)
    [signal] = feed_all([click, error, verdict(7, "error", at=T + 150)])
    assert (signal.kind, signal.element, signal.count) == ("error_click", SAVE, 1)


def test_a_control_named_otherwise_elsewhere_is_told_by_the_name_that_was_clicked() -> None:
    renamed = Element(id=SAVE.id, name="Speichern", role=SAVE.role, ignore="dead")
    for clicked in (SAVE, renamed, SAVE):
        click = Click(at=T, page="/a", click=1, element=clicked)
        [signal] = feed_all([click, Error(at=T + 50, page="/a", message="boom", click=1)])
        assert signal.element == clicked


def test_an_error_without_a_click_is_no_error_click() -> None:
    assert feed_all([Error(at=T, page="/", message="boom")]) == []


def test_dead_and_error_may_both_hold_of_one_click() -> None:
    kinds = {s.kind for s in feed_all([verdict(1, "error"), verdict(1, "dead", at=T + 2500)])}
    assert kinds == {"error_click", "dead"}


def test_ignore_on_the_element_silences_only_what_it_names() -> None:
    quiet = Element(id="drum", ignore="rage dead")
    assert feed_all([verdict(1, "dead", element=quiet)]) == []
    assert standing(feed_all([verdict(1, "error", element=quiet)]), "error_click")
    assert feed_all([verdict(1, "error", element=Element(id="all", ignore="all"))]) == []


def test_a_kind_can_be_off_by_workspace_page_or_element() -> None:
    events = [verdict(1, "dead")]
    assert feed_all(events, {"dead.off": True}) == []
    assert feed_all(events, {"off_pages": {"/pa*": ["dead"]}}) == []
    assert feed_all(events, {"off_elements": {"save": "all"}}) == []
    assert feed_all(events, {"off_pages": {"/pa*": ["rage"]}})


def test_a_higher_threshold_waits_longer_and_falls_back_below_it() -> None:
    events = [verdict(1, "dead"), verdict(2, "dead"), verdict(2, "answered")]
    signals = feed_all(events, {"dead.min_clicks": 2})
    assert [signal.retracted for signal in signals] == [False, True]

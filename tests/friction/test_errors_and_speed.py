"""Error bursts, failing requests, slow pages and slow interactions."""

from tests.friction.build import SAVE, T, feed_all, last_by_key, standing
from vcsm.events.kinds import Click, Element, Error, Page, Request, Verdict, Vital


def error(message: str, at: int) -> Error:
    return Error(at=at, page="/a", message=message)


def failing(status: int, at: int, *, click: int | None = None, route: str = "/api/pay") -> Request:
    return Request(at=at, page="/a", method="POST", route=route, status=status, click=click)


def vital(metric: str, value: float, at: int = T, element: Element | None = None) -> Vital:
    return Vital(at=at, page="/a", metric=metric, value=value, element=element)


def test_it_works() -> None:
    signals = feed_all([error(f"e{n}", T + n * 1000) for n in range(4)])
    assert [(s.kind, s.count, s.started_at) for s in signals] == [
        ("error_burst", 3, T),
        ("error_burst", 4, T),
    ]
    assert signals[1].evidence == ((1, 0), (1, 1), (1, 2), (1, 3))


def test_errors_far_apart_are_no_burst() -> None:
    assert feed_all([error("e", T + n * 10_001) for n in range(20)]) == []


def test_layout_loop_warnings_and_doubled_events_are_no_errors() -> None:
    warning = "ResizeObserver loop completed with undelivered notifications."
    given_up = "AbortError: signal is aborted without reason"
    for harmless in (warning, given_up):
        assert feed_all([error(harmless, T + n) for n in range(9)]) == []
    assert feed_all([error("boom", T)] * 5) == []


def test_different_messages_weigh_more_than_one_repeated() -> None:
    same = feed_all([error("e", T + n * 100) for n in range(6)])[-1]
    different = feed_all([error(f"e{n}", T + n * 100) for n in range(6)])[-1]
    assert different.severity > same.severity


def test_a_request_that_fails_twice_is_a_signal() -> None:
    [signal] = feed_all([failing(500, T), failing(502, T + 5000)])
    assert signal.kind == "failing_request" and signal.count == 2
    assert signal.facts["route"] == "/api/pay" and signal.facts["status"] == 502


def test_failures_of_different_routes_slow_successes_and_doubles_are_not_repeated() -> None:
    assert feed_all([failing(500, T), failing(500, T + 1, route="/api/other")]) == []
    assert feed_all([failing(200, T + n) for n in range(5)]) == []
    assert feed_all([failing(500, T)] * 4) == []


def test_no_answer_is_a_failure_and_a_clicked_fault_weighs_more_than_a_polled_refusal() -> None:
    click = Click(at=T, page="/a", click=1, element=SAVE)
    asked = feed_all([click, failing(0, T + 1, click=1), failing(0, T + 2, click=1)])[-1]
    polled = feed_all([failing(404, T + 1), failing(404, T + 2)])[-1]
    assert asked.severity > polled.severity and asked.facts["asked"] == 2


def test_failures_behind_an_ignored_element_are_left_out() -> None:
    quiet = Element(id="q", ignore="failing_request")
    click = Click(at=T, page="/a", click=1, element=quiet)
    assert feed_all([click, *[failing(500, T + n, click=1) for n in range(5)]]) == []


def test_a_slow_load_counts_once_however_many_vitals_say_so() -> None:
    signals = feed_all([Page(at=T, page="/a"), vital("TTFB", 2000), vital("LCP", 9000)])
    assert [s.count for s in signals] == [1, 1]
    assert signals[1].severity > signals[0].severity and signals[1].facts["worst_ms"] == 9000


def test_the_same_page_slow_again_grows_the_episode() -> None:
    events = [Page(at=T, page="/a"), vital("LCP", 5000)]
    again = [Page(at=T + 60_000, page="/a"), vital("LCP", 5000, T + 61_000)]
    [signal] = standing(feed_all(events + again), "slow_page")
    assert signal.count == 2


def test_fast_pages_and_layout_shifts_say_nothing() -> None:
    assert feed_all([vital("LCP", 4000), vital("TTFB", 1800), vital("CLS", 0.9)]) == []


def test_a_slow_answer_stands_until_the_click_turns_out_answered_or_dead() -> None:
    slow = Verdict(at=T, page="/a", click=1, element=SAVE, verdict="slow", after=3200)
    answered = Verdict(at=T + 1, page="/a", click=1, element=SAVE, verdict="answered")
    assert [s.retracted for s in feed_all([slow, answered])] == [False, True]
    quick = Verdict(at=T, page="/a", click=1, element=SAVE, verdict="slow", after=2999)
    assert feed_all([quick]) == []


def test_a_dead_click_that_answers_late_becomes_a_slow_one() -> None:
    dead = Verdict(at=T, page="/a", click=1, element=SAVE, verdict="dead")
    slow = Verdict(at=T + 4000, page="/a", click=1, element=SAVE, verdict="slow", after=4000)
    [signal] = standing(feed_all([dead, slow]))
    assert signal.kind == "slow_interaction"


def test_inp_reported_again_without_getting_worse_counts_once() -> None:
    signals = feed_all([vital("INP", 800, T + n, SAVE) for n in range(4)])
    assert [s.count for s in signals] == [1]
    both = last_by_key(
        feed_all(
            [
                vital("INP", 800, T, SAVE),
                Verdict(at=T, page="/a", click=1, element=SAVE, verdict="slow", after=4000),
            ]
        )
    )
    assert len(both) == 2  # a slow paint and a slow answer are two episodes with two keys

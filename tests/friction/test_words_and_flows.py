"""Searches, questions and flows that the workspace defined."""

from tests.friction.build import SAVE, T, feed_all, standing
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Click, Page, Question, Search, Track

FLOW = {
    "flows": [
        {
            "name": "first report",
            "steps": [
                {"page": "/reports/new"},
                {"page": "/reports/*/columns", "stall_ms": 60_000},
                {"track": "published"},
            ],
        }
    ]
}


def searches(*queries: str, results: int | None = 3, every: int = 10_000) -> list[AnyEvent]:
    return [
        Search(at=T + n * every, page="/s", query=query, results=results)
        for n, query in enumerate(queries)
    ]


def work(start: int, end: int) -> list[AnyEvent]:
    return [
        Click(at=at, page="/x", click=at % 1000, element=SAVE) for at in range(start, end, 10_000)
    ]


def test_it_works() -> None:
    [signal] = feed_all(searches("sepa export", "bank file", results=0))
    assert (signal.kind, signal.count, signal.facts["zero"]) == ("search_struggle", 2, 2)


def test_rewording_the_same_wish_is_struggle_even_with_results() -> None:
    queries = ("export invoices", "invoice export", "exporting invoices csv")
    [signal] = feed_all(searches(*queries))
    assert signal.facts["alike"] == 3


def test_different_searches_that_find_something_are_work() -> None:
    assert feed_all(searches("lamp", "chair", "carpet", "tax rates", "holidays", "jane doe")) == []
    assert feed_all(searches(*["invoices"] * 9)) == []  # page 2, page 3, …


def test_search_as_one_types_counts_once() -> None:
    assert feed_all(searches("i", "in", "inv", "invo", "invoi", results=0, every=200)) == []
    assert feed_all(searches("", "  ", "!?", results=0)) == []


def test_asking_again_in_other_words_is_a_repeated_question() -> None:
    texts = ["How do I export my invoices?", "thank you", "how can I export the invoices"]
    questions = [Question(at=T + n * 60_000, text=text) for n, text in enumerate(texts)]
    [signal] = feed_all(questions)
    assert (signal.kind, signal.count) == ("repeated_question", 2)


def test_different_questions_and_short_replies_are_not_repeated() -> None:
    texts = ["How do I export invoices?", "Where is the VAT number set?", "ok", "ok", "ok", ""]
    assert feed_all([Question(at=T + n * 60_000, text=t) for n, t in enumerate(texts)]) == []


def test_a_step_worked_on_for_long_is_stalled_and_grows() -> None:
    events = [Page(at=T, page="/reports/new"), *work(T + 10_000, T + 300_000)]
    signals = feed_all(events, FLOW)
    assert [(s.kind, s.count) for s in signals] == [("stalled_step", 1), ("stalled_step", 2)]
    assert signals[0].facts["step"] == 1 and signals[0].facts["active_ms"] == 180_000
    assert signals[0].started_at == T


def test_a_step_may_have_its_own_patience() -> None:
    events = [Page(at=T, page="/reports/7/columns"), *work(T + 10_000, T + 65_000)]
    [signal] = feed_all(events, FLOW)
    assert signal.facts["step"] == 2


def test_idling_other_pages_and_finished_flows_do_not_stall() -> None:
    there = Page(at=T, page="/reports/new")
    idle = Click(at=T + 3_000_000, page="/reports/new", click=1, element=SAVE)
    elsewhere = Page(at=T + 100, page="/home")
    done = Track(at=T + 100, page="/reports/new", name="published")
    assert feed_all([there, idle], FLOW) == []
    assert feed_all([there, elsewhere, *work(T + 10_000, T + 900_000)], FLOW) == []
    assert feed_all([there, done, *work(T + 10_000, T + 900_000)], FLOW) == []


def test_falling_back_to_an_earlier_step_weighs_more() -> None:
    straight = [Page(at=T, page="/reports/new"), *work(T + 10_000, T + 200_000)]
    fell = [Page(at=T - 2, page="/reports/7/columns"), *straight]
    assert feed_all(fell, FLOW)[0].severity > feed_all(straight, FLOW)[0].severity


def test_no_flow_no_stall() -> None:
    stalls = standing(feed_all(work(T, T + 3_600_000)), "stalled_step")
    assert stalls == []

"""Forms: re-entry, refusal, hesitation, abandonment."""

from typing import Any

from tests.friction.build import T, feed_all, standing
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Element, Input, Page, Track, Visibility

VAT = Element(id="vat", name="VAT number", role="textbox")
IBAN = Element(id="iban", name="IBAN", role="textbox")


def field(at: int, *, element: Element = VAT, how: str = "leave", **more: Any) -> Input:
    values = {"edits": 5, "dwell": 4000, "filled": True, "form": "billing"} | more
    if how != "leave":
        values = {"form": "billing"} | more
    return Input(at=at, page="/billing", element=element, how=how, **values)


def test_it_works() -> None:
    signals = feed_all([field(T + n * 5000) for n in range(4)])
    assert [(s.kind, s.count, s.element) for s in signals] == [
        ("form_reentry", 3, VAT),
        ("form_reentry", 4, VAT),
    ]


def test_filling_in_a_long_form_once_is_work() -> None:
    events = [field(T + n * 4000, element=Element(id=f"f{n}")) for n in range(40)]
    assert feed_all([*events, field(T + 200_000, how="submit")]) == []


def test_submissions_between_visits_start_the_count_again() -> None:
    tries: list[AnyEvent] = []
    for n in range(6):
        tries += [field(T + n * 9000), field(T + n * 9000 + 5000, how="submit")]
    assert standing(feed_all(tries), "form_reentry") == []


def test_what_was_sent_stays_sent_however_many_forms_are_sent_after_it() -> None:
    sent = [field(T), field(T + 1000, how="submit")]
    others = [field(T + 2000 + n * 100, how="submit", form=f"other-{n}") for n in range(40)]
    another_try = [field(T + 10_000), field(T + 15_000)]
    assert standing(feed_all([*sent, *others, *another_try]), "form_reentry") == []


def test_search_fields_and_fields_outside_forms_may_be_changed_at_will() -> None:
    search = Element(id="s", role="searchbox")
    assert feed_all([field(T + n * 5000, element=search) for n in range(9)]) == []
    assert feed_all([field(T + n * 5000, form="") for n in range(9)]) == []


def test_a_form_that_refuses_twice_is_a_loop_and_ten_red_fields_at_once_are_not() -> None:
    red = [field(T, element=Element(id=f"f{n}"), how="invalid") for n in range(10)]
    assert feed_all(red) == []
    again = [field(T + 5000, element=VAT), field(T + 9000, how="invalid")]
    [loop] = standing(feed_all(red + again), "validation_loop")
    assert loop.count == 2 and loop.facts == {"form": "billing", "fields": 11}


def test_two_unsure_pauses_in_a_form_are_hesitation() -> None:
    unsure = {"hesitation": 12_000, "filled": False, "edits": 0, "dwell": 15_000}
    events = [field(T, **unsure), field(T + 20_000, element=IBAN, **unsure)]
    [signal] = feed_all(events)
    assert (signal.kind, signal.count) == ("form_hesitation", 2)


def test_a_pause_while_the_tab_was_hidden_is_a_look_elsewhere() -> None:
    unsure = {"hesitation": 12_000, "filled": False, "edits": 0, "dwell": 15_000}
    events: list[AnyEvent] = []
    for n in range(3):
        at = T + n * 20_000
        events += [Visibility(at=at - 8000, state="hidden"), field(at, **unsure)]
    assert feed_all(events) == []


def test_a_form_left_behind_is_taken_back_when_it_is_sent_after_all() -> None:
    begun = [field(T), field(T + 6000, element=IBAN)]
    left = Page(at=T + 9000, page="/home", how="push")
    sent = field(T + 60_000, how="submit")
    signals = feed_all([*begun, left, sent])
    assert [(s.kind, s.count, s.retracted) for s in signals] == [
        ("form_abandonment", 2, False),
        ("form_abandonment", 0, True),
    ]
    assert signals[0].page == "/billing"


def test_a_form_that_was_sent_reset_or_saved_by_script_is_not_abandoned() -> None:
    begun = [field(T), field(T + 6000, element=IBAN)]
    left = Page(at=T + 9000, page="/home", how="push")
    for end in (
        field(T + 7000, how="submit"),
        field(T + 7000, how="reset"),
        Track(at=T + 7000, page="/billing", name="saved"),
    ):
        assert feed_all([*begun, end, left]) == []


def test_a_form_only_looked_at_is_not_abandoned() -> None:
    looks = [field(T + n * 6000, edits=0, filled=False) for n in range(3)]
    assert feed_all([*looks, Page(at=T + 30_000, page="/home", how="push")]) == []

"""Why in words, what to do next, and a draft that claims nothing nobody recorded."""

from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOON
from tests.console.scene import Scene
from vcsm.console.screen.draft import Known, Record, write_draft
from vcsm.console.screen.steps import HelpRecord, Seen, next_steps
from vcsm.console.screen.why import Worth, because_of, worth_of_minutes
from vcsm.escalation.case import Facts, SignalFact
from vcsm.escalation.decide import facts_to_json
from vcsm.escalation.features import features_of
from vcsm.escalation.models import Decision
from vcsm.escalation.probability import believe, written_model
from vcsm.problems.models import Place, Problem, ProblemPlace
from vcsm.success.models import Promise

SIGNAL = SignalFact("1", "rage", 0.7, 5, "export", "/reports")


def believed(facts: Facts) -> Facts:
    return msgspec.structs.replace(facts, belief=believe(written_model(), features_of(facts)))


def around(alice: Client, scene: Scene) -> Any:
    answer = alice.get(f"{scene.api}/around")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_it_works(alice: Client, scene: Scene) -> None:
    facts = believed(
        Facts(
            signals=(SIGNAL,),
            struggle=0.64,
            help_shown=True,
            clicks_after_help=2,
            annual_revenue=48_000,
            renews_in_days=34,
        )
    )
    decisions = Decision.objects.filter(escalation=scene.escalation)
    decisions.update(facts=facts_to_json(facts))
    _problem(scene)

    found = around(alice, scene)

    words = [one["words"] for one in found["because"]]
    assert "Help was shown, and 2 more clicks on the same thing followed" in words
    assert "The account renews in 34 days" in words
    assert found["rule_means"].startswith("Help was shown and the struggle went on")
    assert "$48,000 a year" in found["worth"]["how"] and found["worth"]["value"] > 0
    assert found["health"]["parts"][0]["name"] == "usage"
    assert [one["name"] for one in found["stakeholders"]] == ["Vera"]
    assert [one["title"] for one in found["problems"]] == ["Export is dead"]
    assert found["steps"][0]["act"] == "take_over"
    said = {one["text"]: one["record"] for one in found["draft"]}
    assert said["Hello Vera,"] is None
    assert said["You wrote: “It does nothing”"]["kind"] == "said"
    assert said["You are not the only one it happens to."]["kind"] == "problem"
    clicked = next(record for text, record in said.items() if "5 times" in text)
    assert clicked["kind"] == "signal"


def test_nobody_knows_why_where_nothing_was_stored(alice: Client, scene: Scene) -> None:
    found = around(alice, scene)
    assert (found["because"], found["worth"], found["unreadable"]) == ([], None, False)

    Decision.objects.filter(escalation=scene.escalation).update(facts={"struggle": "much"})
    assert around(alice, scene)["unreadable"] is True


@pytest.mark.parametrize(
    ("element", "name", "told"),
    [
        ("button-1a2b", "button Export", "you clicked “Export” 5 times"),
        ("button-1a2b", "button export-statement", "you clicked a button 5 times"),
        ("tab-1a2b", "tab", "you clicked something on the page 5 times"),
        ("export", "Export as PDF", "you clicked “Export as PDF” 5 times"),
    ],
)
def test_a_contact_is_not_told_the_names_that_code_has(
    alice: Client, scene: Scene, element: str, name: str, told: str
) -> None:
    scene.session.signals.update(element=element, element_name=name)
    said = " ".join(one["text"] for one in around(alice, scene)["draft"])
    assert told in said


def test_charlie_learns_nothing(charlie: Client, scene: Scene) -> None:
    assert charlie.get(f"{scene.api}/around").status_code == 404


def test_the_number_of_queries_does_not_grow(
    alice: Client, scene: Scene, django_assert_max_num_queries: Any
) -> None:
    for name in range(12):
        scene.cast.session(scene.cast.vera)
        Promise.objects.create(
            workspace=scene.cast.acme, contact=scene.cast.vera, text=f"{name}", made_at=NOON
        )
    with django_assert_max_num_queries(36):
        around(alice, scene)


def test_what_was_never_told_is_said_to_be_assumed() -> None:
    worth = worth_of_minutes(believed(Facts(struggle=0.9)), currency="CHF")
    assert worth is not None
    assert "CHF\xa05,000 a year (assumed, not told)" in worth.how and not worth.revenue_known
    assert "CHF\xa05 for a false alarm and 10 minutes at CHF\xa01" in worth.how


def test_the_strongest_reason_stands_first_and_the_base_rate_is_none() -> None:
    facts = believed(Facts(signals=(SIGNAL,), struggle=0.95, help_known=False))
    found = because_of(facts)
    assert found[0].words == "Struggle in this visit: 95%" and found[0].effect == "raises much"
    assert [abs(one.adds) for one in found] == sorted((abs(o.adds) for o in found), reverse=True)


WORTH = Worth(180.0, "", 20.0, 300.0, None, True, 10.0)


def seen(**changed: Any) -> Seen:
    start: dict[str, Any] = {
        "worth": WORTH,
        "minute_cost": 1.0,
        "asked_for_person": False,
        "passage": "Export a report",
        "passage_known": True,
        "record": HelpRecord(40, 10),
        "problem": None,
        "open_promise": "",
    }
    return Seen(**{**start, **changed})


def test_steps_are_ordered_by_what_they_bring_and_say_what_that_stands_on() -> None:
    found = next_steps(seen())
    assert [(step.act, step.value, step.stands_on) for step in found] == [
        ("take_over", 180.0, "worked out"),
        ("use_passage", 45.5, "counted"),  # 10 of 40 times 190, less two minutes
        ("watch", 0.0, "worked out"),
        ("promise", None, "not known"),
    ]


def test_a_value_nobody_counted_is_not_known() -> None:
    few = {step.act: step for step in next_steps(seen(record=HelpRecord(4, 4)))}
    assert few["use_passage"].value is None
    none = next_steps(seen(worth=None))
    assert {step.value for step in none} == {None} and none[0].act == "take_over"


def test_whoever_asked_for_a_person_gets_one_before_all_else() -> None:
    found = next_steps(seen(asked_for_person=True, worth=Worth(-9.0, "", -9, 0, None, True, 10)))
    assert found[0].act == "take_over"
    assert "watch" not in [step.act for step in found]


RECORD = st.none() | st.builds(Record, st.just("said"), st.text(max_size=5), st.text(max_size=400))


@given(
    said=RECORD,
    passage=RECORD,
    passage_text=st.text(max_size=900),
    known=st.booleans(),
    problem=RECORD,
    state=st.sampled_from(["open", "acknowledged", "claimed"]),
    promise=RECORD,
)
def test_every_claim_has_a_record_and_is_made_of_it(
    said: Record | None,
    passage: Record | None,
    passage_text: str,
    known: bool,
    problem: Record | None,
    state: str,
    promise: Record | None,
) -> None:
    given_records = [said, passage, problem, promise]
    draft = write_draft(
        Known(
            first_name="",
            member="Alice",
            workspace="Acme",
            said=said,
            passage=passage,
            passage_text=passage_text,
            passage_known=known,
            problem=problem,
            problem_state=state,
            promise=promise,
        )
    )
    free = {"Hello,", "this is Alice from Acme.", "Shall we do it together now?"}
    for sentence in draft:
        assert (sentence.record is None) == (sentence.text in free)
        assert sentence.record is None or sentence.record in given_records
        assert len(sentence.text) <= 620


def _problem(scene: Scene) -> None:
    place = Place.objects.create(
        workspace=scene.cast.acme, kind="rage", page="/reports", element="export", first_at=NOON
    )
    now = timezone.now()
    problem = Problem.objects.create(
        workspace=scene.cast.acme,
        scope="product",
        title="Export is dead",
        began_at=now,
        opened_at=now,
    )
    ProblemPlace.objects.create(
        problem=problem, place=place, onset=now, noticed_at=now, usual=0.01, bad=0.4, judged_to=now
    )

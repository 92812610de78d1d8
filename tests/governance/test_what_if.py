"""What a change would have done: on made-up weeks whose truth is known, and on stored rows."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import NOON, Cast
from vcsm.escalation.decide import Facts, SignalFact, TurnFact, decide
from vcsm.escalation.models import Escalation, Verdict
from vcsm.escalation.record import record_decision
from vcsm.escalation.worth import Belief, Stakes
from vcsm.governance.allow import State
from vcsm.governance.guardrails import written_guardrails, written_text
from vcsm.governance.use_cases import USE_CASES
from vcsm.reports.what_if.change import ChangeUnreadable, read_change
from vcsm.reports.what_if.compare import compare
from vcsm.reports.what_if.past import History, Judged, Past
from vcsm.reports.what_if.replay import replay

APPROVED = {one.key: "auto" for one in USE_CASES}
SIGNAL = SignalFact(id="1", kind="rage", severity=0.7, count=5, element="export", page="/reports")


def past(number: int, facts: Facts, *, hours: float = 0.0, contact: int = 1) -> Past:
    decision = decide(facts)
    return Past(
        id=number,
        at=NOON + timedelta(hours=hours),
        contact=contact,
        case=f"case:{number}",
        owner="Alice",
        facts=facts,
        action=decision.action,
        rule=decision.rule,
    )


def history(cases: Sequence[Past], verdicts: dict[str, Judged] | None = None) -> History:
    return History(
        since=NOON,
        until=NOON + timedelta(days=28),
        cases=tuple(cases),
        verdicts=verdicts or {},
        guardrails=written_guardrails(),
        state=msgspec.convert({"approved": APPROVED}, State),
        unread=0,
        cut=False,
    )


def severe(chance: float = 0.5, revenue: float = 50_000) -> Facts:
    belief = Belief(
        probability=chance,
        low=chance / 2,
        high=(1 + chance) / 2,
        prior_share=0.5,
        uncalibrated=chance,
        contributions={},
    )
    return Facts(signals=(SIGNAL,), struggle=0.95, annual_revenue=revenue, belief=belief)


def stuck() -> Facts:
    return Facts(signals=(SIGNAL,), struggle=0.4)


def asks() -> Facts:
    return Facts(
        turn=TurnFact(
            message=1, asks_for_person=True, outcome="sure", answer_known=True, unanswered_before=0
        )
    )


def test_it_works() -> None:
    weeks = history([past(n, severe(), hours=24 * n) for n in range(4)])
    none = compare(weeks, replay(weeks, read_change({"send_from": 0.99})))
    assert (none.before.escalations, none.after.escalations) == (4, 0)
    assert none.after.displaced == 4
    assert none.before.loads[0].owner == "Alice"
    assert none.before.loads[0].a_day == pytest.approx(4 / 28)


facts = st.builds(
    Facts,
    signals=st.sampled_from([(), (SIGNAL,)]),
    struggle=st.floats(0, 1),
    turn=st.sampled_from([None, asks().turn]),
    help_shown=st.booleans(),
    clicks_after_help=st.integers(0, 4),
    nudged_lately=st.booleans(),
    price=st.none() | st.floats(0, 100),
    send_from=st.none() | st.floats(0, 1),
    belief=st.sampled_from([None, severe(0.1).belief, severe(0.9).belief]),
    barred=st.dictionaries(st.sampled_from(sorted(APPROVED)), st.just("not_approved")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(facts, max_size=12))
def test_a_change_of_nothing_changes_nothing(told: list[Facts]) -> None:
    weeks = history([past(n, one, hours=n) for n, one in enumerate(told)])
    again = replay(weeks, read_change({}))
    assert [(one.action, one.rule) for one in again] == [
        (one.action, one.rule) for one in weeks.cases
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(facts, max_size=12), st.floats(0, 1), st.integers(0, 100))
def test_no_change_keeps_a_person_from_who_asked(
    told: list[Facts], threshold: float, minutes: int
) -> None:
    weeks = history([past(n, one, hours=n) for n, one in enumerate(told)])
    change = read_change(
        {
            "send_from": threshold,
            "minutes_a_day": minutes,
            "without": ["severe_struggle", "struggle_after_help"],
            "stopped": ["workspace"],
        }
    )
    for one in replay(weeks, change):
        if one.past.facts.turn is not None and not one.past.facts.member_present:
            assert one.action == "escalate"


def test_a_budget_goes_to_what_is_worth_most() -> None:
    day = [severe(0.9, 400_000) if n % 4 == 0 else severe(0.2, 5_000) for n in range(40)]
    weeks = history([past(n, one, hours=n / 4, contact=n) for n, one in enumerate(day)])
    minutes = Stakes().minutes * 10
    again = replay(weeks, read_change({"minutes_a_day": minutes}))
    sent = [one.past.facts.annual_revenue for one in again if one.action == "escalate"]
    assert 0 < len(sent) * Stakes().minutes <= minutes
    assert sent.count(400_000) > sent.count(5_000)
    nothing = replay(weeks, read_change({"minutes_a_day": 0}))
    assert not [one for one in nothing if one.action == "escalate"]


def test_a_stricter_list_holds_nudges_back_as_it_would_have() -> None:
    weeks = history([past(n, stuck(), hours=n) for n in range(10)])
    text = written_text()
    stricter = text.replace("interruptions_a_day = 6", "interruptions_a_day = 2").replace(
        'use_case = "offer_help"\napproved = "auto"\ninterruptions_today = 6',
        'use_case = "offer_help"\napproved = "auto"\ninterruptions_today = 2',
    )
    compared = compare(weeks, replay(weeks, read_change({"guardrails": stricter})))
    assert (compared.before.offers, compared.after.offers) == (10, 2)
    assert compared.after.held_back == 8
    stopped = replay(weeks, read_change({"levels": {"offer_help": "shadow"}}))
    assert {one.rule for one in stopped} == {"barred_from_offering"}


def test_what_would_have_been_missed_is_counted_with_bounds() -> None:
    cases = [past(n, severe(), hours=24 * n) for n in range(20)]
    verdicts = {f"case:{n}": Judged(needed=n % 4 != 0, drawn=True) for n in range(20)}
    weeks = history(cases, verdicts)
    compared = compare(weeks, replay(weeks, read_change({"without": ["severe_struggle"]})))
    assert (compared.missed.count, compared.missed.of) == (15, 15)
    assert compared.missed.lower > 0.8 and compared.missed.upper == 1
    assert compared.counts == {"spared": 5, "added": 0}
    assert compared.before.false_alarms.drawn_false == 5
    assert 0.25 < (compared.before.false_alarms.upper or 0) < 0.5
    assert compared.after.false_alarms.upper is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([], "not understood"),
        ({"minutes_a_day": "many"}, "not understood"),
        ({"minutes_a_day": float("nan")}, "not understood"),
        ({"send_from": 2}, "not understood"),
        ({"colour": "red"}, "colour"),
        ({"without": ["asked_for_person"]}, "cannot be left out"),
        ({"without": ["nothing_to_do"]}, "cannot be left out"),
        ({"without": ["gossip"]}, "no rule"),
        ({"levels": {"gossip": "auto"}}, "no use case"),
        ({"levels": {"offer_help": "always"}}, "not understood"),
        ({"guardrails": "[contact"}, "not TOML"),
    ],
)
def test_what_is_no_change(told: object, why: str) -> None:
    with pytest.raises(ChangeUnreadable, match=why):
        read_change(told)


def stored(cast: Cast, facts: Facts, now: datetime, *, needed: bool | None = None) -> Escalation:
    session = cast.session()
    escalation = Escalation.objects.create(
        workspace=cast.acme,
        account=cast.kestrel,
        contact=cast.vera,
        session=session,
        cause=f"export@/reports {session.pk}",
        reason="friction",
        summary="Stuck at Export",
        score=0.95,
        owner=cast.alice,
        verdict_asked=True,
        opened_at=now,
        updated_at=now,
        due_at=now,
    )
    record_decision(
        session=session, facts=facts, decision=decide(facts), now=now, escalation=escalation
    )
    if needed is not None:
        Verdict.objects.create(
            escalation=escalation, member=cast.alice, done=True, false_alarm=not needed, at=now
        )
    return escalation


def test_stored_weeks_through_api_and_command(cast: Cast, tmp_path: Path) -> None:
    now = datetime.now(NOON.tzinfo)
    escalation = stored(cast, severe(), now - timedelta(days=2), needed=True)
    stored(cast, severe(), now - timedelta(days=3), needed=False)
    client = Client()
    client.force_login(cast.alice.user)
    asked: dict[str, Any] = {"change": {"without": ["severe_struggle"]}, "days": 14}

    told = client.post("/console/api/what-if", asked, content_type="application/json").json()

    assert (told["before"]["escalations"], told["after"]["escalations"]) == (2, 0)
    assert told["missed"]["cases"] == [f"escalation:{escalation.pk}"]
    assert told["named"][f"escalation:{escalation.pk}"]["contact"] == "Vera"
    assert told["before"]["loads"][0]["owner"] == "Alice"
    refused = client.post(
        "/console/api/what-if", {"change": {"x": 1}}, content_type="application/json"
    )
    assert refused.status_code == 400 and "`x`" in refused.json()["detail"]

    file = tmp_path / "change.json"
    file.write_text(json.dumps(asked["change"]))
    out = StringIO()
    call_command("backtest_policy", cast.acme.slug, str(file), stdout=out)
    assert json.loads(out.getvalue())["missed"]["count"] == 1
    for nonsense in ("{", "[" * 100_000):
        file.write_text(nonsense)
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("backtest_policy", cast.acme.slug, str(file))

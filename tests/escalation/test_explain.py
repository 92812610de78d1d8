import json
from io import StringIO

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.cast import NOON, Cast
from vcsm.accounts.models import Workspace
from vcsm.escalation.decide import Facts, SignalFact, TurnFact, decide
from vcsm.escalation.explain import explain
from vcsm.escalation.models import Decision
from vcsm.escalation.record import record_decision
from vcsm.escalation.weigh import weigh

RAGE = SignalFact(id="s1", kind="rage", severity=1 / 3, count=5, element="export", page="/reports")
STUCK = Facts(signals=(RAGE,), struggle=0.1 + 0.2, help_shown=True, clicks_after_help=3)


def stored(cast: Cast, facts: Facts = STUCK) -> Decision:
    made = record_decision(session=cast.session(), facts=facts, decision=decide(facts), now=NOON)
    return Decision.objects.get(pk=made.pk)


def run(decision: Decision | int, *options: str) -> str:
    out = StringIO()
    pk = decision if isinstance(decision, int) else decision.pk
    call_command("explain", pk, *options, stdout=out)
    return out.getvalue()


def test_it_works(cast: Cast) -> None:
    text = run(stored(cast))
    assert "struggle_after_help: Help was shown and the struggle went on." in text
    assert "s1: rage ×5, severity 0.333333, export on /reports" in text
    assert "unseen    renewal date" in text
    assert "the same bytes" in text


def test_what_moved_the_probability_is_named(cast: Cast) -> None:
    facts = weigh(STUCK, workspace_id=cast.acme.pk, now=NOON)
    text = run(stored(cast, facts))
    assert "because   failed help +1.2" in text
    assert "number    still_prior = 1" in text


def test_as_json(cast: Cast) -> None:
    decision = stored(cast)
    told = json.loads(run(decision, "--json"))
    assert (told["decision"], told["action"], told["same_bytes"]) == (decision.pk, "escalate", True)
    assert told["facts"]["signals"][0]["severity"] == 1 / 3
    assert told["evidence"] == ["s1"]
    assert told["currency"] == "USD"


def test_amounts_are_told_in_the_workspaces_currency(cast: Cast) -> None:
    Workspace.objects.filter(pk=cast.acme.pk).update(currency="JPY")
    facts = weigh(
        msgspec.structs.replace(STUCK, annual_revenue=1e6), workspace_id=cast.acme.pk, now=NOON
    )
    decision = stored(cast, facts)
    text = run(decision)
    assert f"number    value = ¥{round(decision.numbers['value']):,}\n" in text
    assert "number    price_of_minute = ¥0\n" in text


@pytest.mark.parametrize(
    "facts",
    [
        Facts(),
        Facts(struggle=1e-17, annual_revenue=1e15 / 7, renews_in_days=-3),
        Facts(
            turn=TurnFact(
                message=9,
                asks_for_person=True,
                outcome="none",
                answer_known=False,
                unanswered_before=0,
            )
        ),
    ],
)
def test_what_the_database_gives_back_makes_the_same_bytes(cast: Cast, facts: Facts) -> None:
    assert explain(stored(cast, facts)).differs == ()


def test_a_row_changed_by_hand_is_told_and_the_exit_says_so(cast: Cast) -> None:
    decision = stored(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE escalation_decision SET action = 'continue' WHERE id = %s", [decision.pk]
        )
    with pytest.raises(SystemExit):
        run(decision)
    decision.refresh_from_db()
    assert explain(decision).differs == ("action",)


def test_facts_changed_by_hand_lead_elsewhere(cast: Cast) -> None:
    decision = stored(cast)
    decision.facts = msgspec.to_builtins(msgspec.structs.replace(STUCK, clicks_after_help=0))
    assert {"bytes", "action", "rule"} <= set(explain(decision).differs)


def test_no_such_decision(cast: Cast) -> None:
    with pytest.raises(CommandError, match="There is no decision 404"):
        run(404)


def test_facts_that_are_no_facts(cast: Cast) -> None:
    decision = stored(cast)
    Decision.objects.filter(pk=decision.pk).update(facts={"struggle": "high"})
    with pytest.raises(CommandError, match="struggle"):
        run(decision)

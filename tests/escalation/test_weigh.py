from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.conversations.post import conversation_of
from vcsm.escalation.budget import SPENT
from vcsm.escalation.coin import toss
from vcsm.escalation.decide import GOES_ON, Facts, SignalFact, TurnFact, decide
from vcsm.escalation.explain import explain
from vcsm.escalation.models import Decision, Escalation, LearntModel, Policy
from vcsm.escalation.open import open_or_update
from vcsm.escalation.record import record_decision
from vcsm.escalation.weigh import weigh
from vcsm.escalation.work import resolve
from vcsm.escalation.worth import Stakes

RAGE = SignalFact(id="s1", kind="rage", severity=0.6, count=5, element="export", page="/reports")
FAILED = Facts(
    signals=(RAGE,),
    struggle=0.6,
    help_shown=True,
    clicks_after_help=GOES_ON,
    annual_revenue=48_000.0,
)


def called(cast: Cast, facts: Facts = FAILED) -> Escalation:
    """A struggle that called a human, stored as the assistant stores it."""
    session = cast.session()
    weighed = weigh(facts, workspace_id=cast.acme.pk, now=NOON)
    decision = decide(weighed)
    escalation = open_or_update(
        session=session,
        decision=decision,
        signal=None,
        intent=None,
        conversation=conversation_of(session),
        summary="Stuck",
        now=NOON,
    )
    record_decision(
        session=session, facts=weighed, decision=decision, now=NOON, escalation=escalation
    )
    return escalation


def judge(cast: Cast, escalation: Escalation, *, false_alarm: bool) -> None:
    resolve(
        escalation_id=escalation.pk,
        member_id=cast.alice.pk,
        done=True,
        worked=True,
        false_alarm=false_alarm,
        note="",
        now=NOON,
    )


def test_it_works(cast: Cast) -> None:
    escalation = called(cast)
    worth = escalation.worth
    assert 0 < worth["probability_low"] < worth["probability"] < worth["probability_high"] < 1
    assert worth["value"] > 100
    assert (worth["price_of_minute"], worth["still_prior"]) == (0, 1)
    assert escalation.opened_score == escalation.score


def test_a_decision_is_made_again_after_everything_it_was_made_from_has_changed(
    cast: Cast,
) -> None:
    Policy.objects.create(workspace=cast.acme, minutes_a_day=100, stakes={"minutes": 8.0})
    escalation = called(cast)
    Policy.objects.update(minutes_a_day=1, stakes={})
    judge(cast, escalation, false_alarm=True)
    assert explain(Decision.objects.get(escalation=escalation)).differs == ()


def test_who_asks_for_a_person_is_believed(cast: Cast) -> None:
    turn = TurnFact(
        message=1, asks_for_person=True, outcome="none", answer_known=True, unanswered_before=0
    )
    belief = weigh(Facts(turn=turn), workspace_id=cast.acme.pk, now=NOON).belief
    assert belief and belief.probability > 0.8


def test_verdicts_move_the_probability(cast: Cast) -> None:
    before = weigh(FAILED, workspace_id=cast.acme.pk, now=NOON).belief
    for _ in range(8):
        judge(cast, called(cast), false_alarm=True)
    after = weigh(FAILED, workspace_id=cast.acme.pk, now=NOON).belief
    assert before and after
    assert after.probability < before.probability - 0.1
    assert after.prior_share < before.prior_share
    assert LearntModel.objects.get(workspace=cast.acme).verdicts == 8
    elsewhere = weigh(FAILED, workspace_id=cast.globex.pk, now=NOON).belief
    assert elsewhere == before


def test_a_budget_that_is_spent_displaces_struggles_and_nobody_who_asks(cast: Cast) -> None:
    Policy.objects.create(workspace=cast.acme, minutes_a_day=10)
    called(cast)
    weighed = weigh(FAILED, workspace_id=cast.acme.pk, now=NOON)
    assert weighed.price == SPENT
    assert decide(weighed).reason == "displaced"
    tomorrow = weigh(FAILED, workspace_id=cast.acme.pk, now=NOON + timedelta(days=1))
    assert decide(tomorrow).action == "escalate"


@pytest.mark.parametrize("stakes", [{"minutes": "ten"}, {"minutes": 0}, [], None])
def test_stakes_that_make_no_sense_are_the_written_ones(cast: Cast, stakes: object) -> None:
    Policy.objects.create(workspace=cast.acme, stakes=stakes or [stakes])
    assert weigh(FAILED, workspace_id=cast.acme.pk, now=NOON).stakes == Stakes()


def test_older_facts_teach_nothing_and_block_nobody(cast: Cast) -> None:
    escalation = called(cast)
    Decision.objects.update(facts={"struggle": "high"})
    judge(cast, escalation, false_alarm=False)
    assert LearntModel.objects.get(workspace=cast.acme).verdicts == 0


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_the_coin_falls_for_its_share_of_names_and_always_the_same_way(share: float) -> None:
    names = [str(number) for number in range(5000)]
    fallen = [name for name in names if toss(share, seed="verdict", name=name)]
    assert abs(len(fallen) / 5000 - share) < 0.02
    assert fallen == [name for name in names if toss(share, seed="verdict", name=name)]

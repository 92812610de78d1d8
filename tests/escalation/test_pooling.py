"""Workspaces teach each other: few verdicts lean on the others', many stand on their own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import NOON, Cast
from tests.escalation.test_weigh import FAILED, called, judge
from vcsm.escalation.learn import pool_again
from vcsm.escalation.models import LearntModel, SharedModel
from vcsm.escalation.pooling import nothing_taught, pool, shared_model, taught_by
from vcsm.escalation.probability import Judged, Model, believe, learn, written_model
from vcsm.escalation.weigh import weigh

STUCK = {"struggle": 0.9, "failed help": 1.0}


def said(model: Model) -> float:
    return believe(model, STUCK).probability


def verdicts(needed: int, false: int) -> list[Judged]:
    return [Judged(STUCK, True)] * needed + [Judged(STUCK, False)] * false


def test_it_works() -> None:
    others = [taught_by(learn(verdicts(5, 45))) for _ in range(6)]
    shared = shared_model(pool(others))
    alone, pooled = learn(verdicts(1, 2)), learn(verdicts(1, 2), shared=shared)

    assert said(shared) < said(written_model()) - 0.1
    assert said(pooled) < said(alone) - 0.1
    assert shared.prior_share < written_model().prior_share


def test_many_verdicts_of_ones_own_outweigh_the_others() -> None:
    shared = shared_model(pool([taught_by(learn(verdicts(5, 45))) for _ in range(6)]))
    assert said(learn(verdicts(360, 40), shared=shared)) > 0.85


def test_one_workspace_of_ten_thousand_is_one_voice() -> None:
    loud = taught_by(learn(verdicts(0, 10_000)))
    many = [taught_by(learn(verdicts(40, 10))) for _ in range(8)]
    assert said(shared_model(pool([loud, *many]))) > 0.6


def test_nothing_taught_is_the_written_model() -> None:
    shared, written = shared_model(nothing_taught()), written_model()
    assert shared.mean == pytest.approx(written.mean)
    assert shared.covariance == pytest.approx(written.covariance)
    assert taught_by(written).shift == pytest.approx(np.zeros(len(written.mean)), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
@settings(max_examples=25)
def test_a_voice_that_is_taken_out_again_leaves_nothing(counts: list[tuple[int, int]]) -> None:
    voices = [taught_by(learn(verdicts(*count))) for count in counts]
    mine = taught_by(learn(verdicts(7, 3)))
    without, with_me = pool(voices), pool([*voices, mine]) - mine
    assert with_me.precision == pytest.approx(without.precision, abs=1e-8)
    assert with_me.shift == pytest.approx(without.shift, abs=1e-8)
    assert np.linalg.eigvalsh(shared_model(with_me).covariance).min() > 0


@pytest.mark.django_db
def test_globex_leans_on_what_acme_taught_and_acme_not_on_itself(cast: Cast) -> None:
    written = weigh(FAILED, workspace_id=cast.globex.pk, now=NOON).belief
    for _ in range(12):
        judge(cast, called(cast), false_alarm=True)
    own = weigh(FAILED, workspace_id=cast.acme.pk, now=NOON).belief

    LearntModel.objects.exclude(workspace=cast.acme).delete()
    assert pool_again(now=NOON) == pool_again(now=NOON) == 1
    judge(cast, called(cast), false_alarm=True)

    leaning = weigh(FAILED, workspace_id=cast.globex.pk, now=NOON).belief
    again = weigh(FAILED, workspace_id=cast.acme.pk, now=NOON).belief
    assert written and own and leaning and again
    assert leaning.probability < written.probability
    assert leaning.prior_share < 1
    # One more verdict moved it a little; its own voice did not come back as the others'.
    assert abs(again.probability - own.probability) < 0.05
    assert SharedModel.objects.get().workspaces == 1

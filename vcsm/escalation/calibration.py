"""How good the probabilities of a workspace were, by the verdicts that came after them."""

from vcsm.escalation.learn import judged_cases, read_model
from vcsm.escalation.quality import Quality, judge_probabilities


def read_quality(workspace_id: int, *, asked_only: bool = True) -> Quality | None:
    """Of what was said before each verdict. `asked_only`: of the random sample; otherwise of all,
    also those that members volunteered. None without a verdict."""
    pairs = [
        (facts.belief.probability, needed)
        for facts, needed in judged_cases(workspace_id, asked_only=asked_only)
        if facts.belief is not None
    ]
    return judge_probabilities([said for said, _ in pairs], [came for _, came in pairs])


def still_prior(workspace_id: int) -> float:
    """How much of the model is still written, not learnt: 1 before the first verdict."""
    return read_model(workspace_id)[0].prior_share

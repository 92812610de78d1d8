"""How good a workspace's probabilities were, judged by the verdicts that followed."""

from vcsm.escalation.learn import judged_cases, read_model
from vcsm.escalation.quality import Quality, judge_probabilities


def read_quality(workspace_id: int, *, asked_only: bool = True) -> Quality | None:
    """Compares the probabilities stated before the verdicts with those verdicts.

    `asked_only` keeps to the random sample; otherwise verdicts that members volunteered count too.
    None when there is no verdict.
    """
    pairs = [
        (facts.belief.probability, needed)
        for facts, needed in judged_cases(workspace_id, asked_only=asked_only)
        if facts.belief is not None
    ]
    return judge_probabilities([said for said, _ in pairs], [came for _, came in pairs])


def still_prior(workspace_id: int) -> float:
    """Returns the share of the model that is still written prior: 1 before the first verdict."""
    return read_model(workspace_id)[0].prior_share

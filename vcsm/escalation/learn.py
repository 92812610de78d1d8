"""Learns from a workspace's verdicts, and reads what was learnt."""

from datetime import datetime
from typing import Any

import msgspec
import numpy as np
from django.db import transaction

from vcsm.escalation.decide import Facts, facts_from_json
from vcsm.escalation.features import features_of
from vcsm.escalation.models import Decision, LearntModel, SharedModel, Verdict
from vcsm.escalation.pooling import Taught, pool, shared_model, taught_by
from vcsm.escalation.probability import (
    WRITTEN,
    Calibration,
    Judged,
    Model,
    calibrate,
    learn,
    written_model,
)

MOST = 1_000
"""How many verdicts, the latest first, are learnt from."""


def learn_again(*, workspace_id: int, now: datetime) -> None:
    """Fits the model to the verdicts, each paired with the facts that opened its escalation.

    All verdicts teach, also those given unasked; only the certificate needs a random sample.
    """
    cases = judged_cases(workspace_id)
    judged = [Judged(features_of(facts), needed) for facts, needed in cases]
    own, earlier = learn(judged), LearntModel.objects.filter(workspace_id=workspace_id).first()
    model = learn(judged, shared=_shared_for(earlier))
    said = [
        (facts.belief.uncalibrated, needed) for facts, needed in cases if facts.belief is not None
    ]
    LearntModel.objects.update_or_create(
        workspace_id=workspace_id,
        defaults={
            "model": {
                "names": list(WRITTEN),
                "mean": model.mean.tolist(),
                "covariance": model.covariance.tolist(),
                "prior_share": model.prior_share,
            },
            "taught": _stored(taught_by(own)) if cases else {},
            "calibration": said,
            "verdicts": len(cases),
            "learnt_at": now,
        },
    )


def pool_again(*, now: datetime) -> int:
    """Sums what the verdicts of all workspaces taught; returns how many had something to teach."""
    with transaction.atomic():
        rows = [
            row
            for row in LearntModel.objects.select_for_update().order_by("pk")
            if row.taught and row.model["names"] == list(WRITTEN)
        ]
        for row in rows:
            row.pooled = row.taught
        LearntModel.objects.bulk_update(rows, ["pooled"], batch_size=500)
        SharedModel.objects.update_or_create(
            pk=1,
            defaults={
                "taught": _stored(pool(_taught(row.taught) for row in rows)),
                "names": list(WRITTEN),
                "workspaces": len(rows),
                "pooled_at": now,
            },
        )
    return len(rows)


def _shared_for(row: LearntModel | None) -> Model | None:
    """Returns the prior that the other workspaces taught: the sum without this one's own part."""
    shared = SharedModel.objects.filter(pk=1, names=list(WRITTEN)).first()
    if shared is None:
        return None
    taught = _taught(shared.taught)
    return shared_model(taught - _taught(row.pooled) if row and row.pooled else taught)


def _stored(taught: Taught) -> dict[str, Any]:
    return {"precision": taught.precision.tolist(), "shift": taught.shift.tolist()}


def _taught(stored: dict[str, Any]) -> Taught:
    return Taught(np.array(stored["precision"]), np.array(stored["shift"]))


def read_model(workspace_id: int) -> tuple[Model, Calibration | None]:
    """Returns the learnt model and its calibration.

    If there is no verdict yet, or the model was learnt on other features: what other workspaces
    taught, else the written prior, and no calibration.
    """
    row = LearntModel.objects.filter(workspace_id=workspace_id).first()
    if row is None or row.model["names"] != list(WRITTEN):
        shared = _shared_for(None)
        return (learn([], shared=shared) if shared else written_model()), None
    stored: dict[str, Any] = row.model
    model = Model(
        np.array(stored["mean"]), np.array(stored["covariance"]), float(stored["prior_share"])
    )
    said = [pair[0] for pair in row.calibration]
    return model, calibrate(said, [pair[1] for pair in row.calibration])


def judged_cases(workspace_id: int, *, asked_only: bool = False) -> list[tuple[Facts, bool]]:
    """Returns the facts that opened each judged escalation, and whether a human was needed.

    `asked_only` keeps to the random sample. At most the latest `MOST` verdicts.
    """
    given = Verdict.objects.filter(escalation__workspace_id=workspace_id)
    if asked_only:
        given = given.filter(escalation__verdict_asked=True)
    verdicts = dict(given.order_by("-at").values_list("escalation_id", "false_alarm")[:MOST])
    opening = (
        Decision.objects.filter(escalation_id__in=verdicts)
        .order_by("escalation_id", "at", "pk")
        .distinct("escalation_id")
        .values_list("escalation_id", "facts")
    )
    found = []
    for escalation, stored in opening:
        try:
            facts = facts_from_json(stored)
        except msgspec.ValidationError:
            continue  # an older shape teaches nothing, and must not keep a member waiting
        found.append((facts, not verdicts[escalation]))
    return found

"""What workspaces teach each other about when a human is needed. Pure.

A random-effects summary (DerSimonian & Laird 1986, with the spread between workspaces given): each
workspace counts by what its own verdicts tell, and less the more workspaces differ, so that even
one with ten thousand verdicts is a single voice. Only sums of weights leave a workspace, never a
case.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from vcsm.escalation.probability import BETWEEN_WORKSPACES, Floats, Model, written_model


@dataclass(frozen=True, slots=True)
class Taught:
    """Natural parameters, so that voices add up: precision (k, k) and precision @ mean (k,)."""

    precision: Floats
    shift: Floats

    def __add__(self, other: "Taught") -> "Taught":
        return Taught(self.precision + other.precision, self.shift + other.shift)

    def __sub__(self, other: "Taught") -> "Taught":
        return Taught(self.precision - other.precision, self.shift - other.shift)


def nothing_taught() -> Taught:
    size = len(written_model().mean)
    return Taught(np.zeros((size, size)), np.zeros(size))


def taught_by(own: Model) -> Taught:
    """Returns what one workspace's verdicts tell the others.

    `own` must be learnt from the written prior and those verdicts alone.
    """
    written = written_model()
    before = np.linalg.inv(written.covariance)
    after = np.linalg.inv(own.covariance)
    told = after - before  # the part that comes from verdicts alone
    shift = after @ own.mean - before @ written.mean
    # (told^-1 + between)^-1 by Woodbury, because verdicts may say nothing about some features.
    between = np.linalg.inv(_between(written))
    damp = np.eye(len(before)) - told @ np.linalg.inv(told + between)
    return Taught(damp @ told, damp @ shift)


def pool(voices: Iterable[Taught]) -> Taught:
    return sum(voices, start=nothing_taught())


def shared_model(taught: Taught) -> Model:
    """Returns the prior of a workspace whose own voice is not part of `taught`."""
    written = written_model()
    before = np.linalg.inv(written.covariance)
    precision = before + taught.precision
    covariance = np.linalg.inv((precision + precision.T) / 2).astype(np.float64)
    mean = covariance @ (before @ written.mean + taught.shift)
    left = np.diag(covariance) / np.diag(written.covariance)
    return Model(mean, covariance, float(np.clip(left, 0, 1).mean()))


def _between(written: Model) -> Floats:
    return BETWEEN_WORKSPACES**2 * np.diag(np.diag(written.covariance))

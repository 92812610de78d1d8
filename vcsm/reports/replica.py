"""Lets reports read from the replica, where there is one, limited to their workspace as always."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from vcsm.accounts.scope import in_workspace
from vcsm.core.replica import on_replica
from vcsm.reports.asked import Asked

P = ParamSpec("P")
R = TypeVar("R")


def reads_replica(
    report: Callable[Concatenate[Asked, P], R],
) -> Callable[Concatenate[Asked, P], R]:
    """Makes `report`, which must only read, read from the replica."""

    @wraps(report)
    def read(asked: Asked, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with on_replica() as alias:
            if alias == "default":
                return report(asked, *args, **kwargs)
            with in_workspace(asked.workspace_id, using=alias):
                return report(asked, *args, **kwargs)

    return read

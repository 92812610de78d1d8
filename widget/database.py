"""Gives sockets and HTTP doors the database: in a thread, and within one workspace."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from vcsm.accounts.scope import in_workspace
from vcsm.core.connections import in_thread


class Place(Protocol):
    """Anything that knows its workspace: a door, or the session behind it."""

    @property
    def workspace_id(self) -> int: ...


Where = TypeVar("Where", bound=Place)
P = ParamSpec("P")
R = TypeVar("R")


def in_database(
    function: Callable[Concatenate[Where, P], R],
) -> Callable[Concatenate[Where, P], Awaitable[R]]:
    """Turns `function` into a coroutine that sees only rows of its first argument's workspace."""

    @wraps(function)
    def scoped(place: Where, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with in_workspace(place.workspace_id):
            return function(place, *args, **kwargs)

    return in_thread(scoped)

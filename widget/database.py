"""How the sockets and doors here reach the database: in a thread, and in one workspace."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from vcsm.accounts.scope import in_workspace
from vcsm.core.connections import in_thread


class Place(Protocol):
    """What knows its workspace: a door, or the session behind it."""

    @property
    def workspace_id(self) -> int: ...


Where = TypeVar("Where", bound=Place)
P = ParamSpec("P")
R = TypeVar("R")


def in_database(
    function: Callable[Concatenate[Where, P], R],
) -> Callable[Concatenate[Where, P], Awaitable[R]]:
    """Makes `function` a coroutine that sees the rows of its first argument's workspace alone."""

    @wraps(function)
    def scoped(place: Where, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with in_workspace(place.workspace_id):
            return function(place, *args, **kwargs)

    return in_thread(scoped)

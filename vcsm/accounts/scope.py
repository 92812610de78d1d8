"""Limits the database to one workspace while a request, task or message is worked on.

`in_workspace` switches the connection to a role that cannot bypass row-level security and tells it
the workspace; `vcsm.accounts.policies` makes that role and its policies. A query that forgets its
filter then finds nothing of other workspaces, and a write for another workspace is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

ROLE = "vcsm_scoped"
SETTING = "vcsm.workspace"

_SET = f"SELECT set_config('{SETTING}', %s, false), set_config('role', %s, false)"


@contextmanager
def in_workspace(workspace_id: int, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Limits this thread's connection to rows of `workspace_id` until the block ends.

    May be nested for the same workspace. Raises RuntimeError when nested for another one, because
    working for two workspaces at once is what it prevents. `using` is the database's alias.
    """
    connection = connections[using]
    outer: int | None = getattr(connection, "vcsm_workspace", None)
    if outer is not None:
        if outer != workspace_id:
            raise RuntimeError(f"in workspace {outer} already, and asked for {workspace_id}")
        yield
        return
    _set(connection, str(workspace_id), ROLE)
    connection.vcsm_workspace = workspace_id  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del connection.vcsm_workspace  # type: ignore[attr-defined]
        _leave(connection)


def _leave(connection: BaseDatabaseWrapper) -> None:
    if connection.connection is None:  # lost meanwhile; the next one starts without a role
        return
    try:
        _set(connection, "", "none")
    except DatabaseError:
        # The transaction has failed. If the role was set inside it, the rollback resets the role.
        # Otherwise the connection is unfit for reuse, so it is ended first: closing it through
        # Django may only return it to the pool.
        if not connection.in_atomic_block:
            connection.connection.close()
            connection.close()


def _set(connection: BaseDatabaseWrapper, workspace: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, [workspace, role])

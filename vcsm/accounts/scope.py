"""While somebody's request, task or message is worked on, the database shows one workspace only.

`in_workspace` makes the connection a role that cannot bypass row-level security and tells it the
workspace; `vcsm.accounts.policies` makes that role and its policies. A query that forgets its
filter then finds nothing of anybody else, and a write for another workspace is refused.
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
    """Until its end this thread's connection reads and writes rows of `workspace_id` alone.

    May be entered again for the same workspace. Raises RuntimeError for another one inside: work
    for two workspaces at once is what this is here to prevent. `using`: which database's.
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
    if connection.connection is None:  # lost meanwhile: the next one begins without a role
        return
    try:
        _set(connection, "", "none")
    except DatabaseError:
        # In a transaction that has failed. Its rollback takes the role back too, as it was set in
        # it; where it was not, the connection is not fit for anybody else: ended, because closing
        # may only give it back to the pool.
        if not connection.in_atomic_block:
            connection.connection.close()
            connection.close()


def _set(connection: BaseDatabaseWrapper, workspace: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, [workspace, role])

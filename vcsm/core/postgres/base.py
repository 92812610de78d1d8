"""Django's PostgreSQL backend, with a pool that gives out no connection that has died.

The file's name is the one that Django looks for in the module that `ENGINE` names.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Tries the pool's connections until one is alive.

        The pool would do so itself, but it waits a second after the first dead one, two after the
        next, …: after a restart of PostgreSQL requests would fail for long.
        """
        for _ in range(self.pool.max_size if self.pool else 0):
            found = super().get_new_connection(conn_params)
            if _lives(found):
                return found
            self.pool.putconn(found)  # the pool throws it away and makes another
        return super().get_new_connection(conn_params)


def _lives(connection: Any) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True

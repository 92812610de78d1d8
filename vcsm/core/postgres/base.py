"""Django's PostgreSQL, whose pool gives nobody a connection that has died.

The file is called what Django looks for in the module that `ENGINE` names.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """The pool would try connections by itself, but wait a second after the first that it finds
        dead, two after the next, …: after a restart of PostgreSQL requests would fail for long."""
        for _ in range(self.pool.max_size if self.pool else 0):
            found = super().get_new_connection(conn_params)
            if _lives(found):
                return found
            self.pool.putconn(found)  # which throws it away and makes another
        return super().get_new_connection(conn_params)


def _lives(connection: Any) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True

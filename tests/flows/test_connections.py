"""Requests give their database connections back."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest
from django.db import connection

from tests.stack import Stack

OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


@pytest.mark.usefixtures("live_cast")
def test_hundreds_of_requests_leave_no_connection_open(
    stack: Stack, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(OPEN)
        before = cursor.fetchone()[0]
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda _: _ask(stack), range(200))) <= {200, 302, 403}
        cursor.execute(OPEN)
        assert cursor.fetchone()[0] <= before + 8


def _ask(stack: Stack) -> int:
    host = HTTPConnection("127.0.0.1", stack.port, timeout=30)
    try:
        # Whoever brings a cookie has their session looked up.
        host.request("GET", "/console/", headers={"Cookie": "sessionid=nobody"})
        return host.getresponse().status
    finally:
        host.close()

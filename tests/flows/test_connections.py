"""A web process shares a few database connections between all requests and sockets, and nobody
finds on one what the one before has left."""

import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from tests.cast import Cast
from tests.stack import Stack
from tests.widget_client import widget
from vcsm.accounts import scope
from vcsm.accounts.models import Member
from vcsm.accounts.scope import in_workspace

OURS = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'vcsm-web'"
MOST = 16
NOBODY = "n" * 32
"""A session cookie that has to be looked up."""


@pytest.mark.usefixtures("live_cast")
def test_hundreds_of_requests_share_a_few_connections(stack: Stack, django_db_blocker: Any) -> None:
    with ThreadPoolExecutor(40) as pool:
        answers = pool.map(lambda _: _ask(stack, "/console/", NOBODY)[0], range(200))
        assert set(answers) <= {200, 302, 403}
    with django_db_blocker.unblock():
        assert 1 <= _one(f"SELECT count(*) {OURS}") <= MOST


def test_members_of_two_workspaces_share_connections_and_no_rows(
    stack: Stack, live_cast: Cast
) -> None:
    members = [live_cast.alice, live_cast.charlie]
    cookies = [_cookie(member) for member in members]

    def look(number: int) -> None:
        member, cookie = members[number % 2], cookies[number % 2]
        status, me = _ask(stack, "/console/api/me", cookie)
        assert (status, me["workspace"]["slug"]) == (200, member.workspace.slug)
        theirs = {live_cast.kestrel.name} if member == live_cast.alice else set()
        status, found = _ask(stack, "/console/api/accounts", cookie)
        assert (status, {line["name"] for line in found["lines"]}) == (200, theirs)
        # Refused in the middle of a request, unknown, and without a member at all.
        assert _ask(stack, "/console/api/accounts/999999999", cookie)[0] == 404
        assert _ask(stack, "/console/api/me", NOBODY)[0] == 403

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(16)))


def test_connections_that_died_are_not_given_to_anybody(
    stack: Stack, live_cast: Cast, django_db_blocker: Any
) -> None:
    cookie = _cookie(live_cast.alice)
    for _ in range(2):
        assert _ask(stack, "/console/api/me", cookie)[0] == 200
        with django_db_blocker.unblock():
            ended = _one(f"SELECT count(pg_terminate_backend(pid)) {OURS}")
        assert ended >= 1
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: _ask(stack, "/console/api/me", cookie)[0], range(8))) == {200}
    with widget(stack, live_cast.key.key) as client:
        assert client.hello()["sequence"] == 0


def test_a_connection_whose_scope_cannot_be_left_is_ended(
    live_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave_badly() -> bool:
        """In a thread, whose connection is in no test's transaction."""
        try:
            with in_workspace(live_cast.acme.pk):
                raw = connection.connection
                monkeypatch.setattr(scope, "_SET", "SELECT 1/0, %s, %s")
            ended: bool = raw.closed
            with pytest.raises(DatabaseError):
                connection.cursor().execute("SELECT 1/0")
            assert _one("SELECT current_setting('role')") == "none"
            return ended
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(leave_badly).result()


def _cookie(member: Member) -> str:
    client = Client()
    client.force_login(member.user)
    return client.cookies["sessionid"].value


def _ask(stack: Stack, path: str, cookie: str) -> tuple[int, Any]:
    host = HTTPConnection("127.0.0.1", stack.port, timeout=30)
    try:
        host.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
        answer = host.getresponse()
        text = answer.read()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(text) if is_json and text else None
    finally:
        host.close()


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]

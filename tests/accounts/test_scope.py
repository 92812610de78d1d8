"""Row-level security: inside a workspace's scope the other workspace does not exist."""

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.cast import NOON, Cast
from vcsm.accounts.models import Contact, Workspace
from vcsm.accounts.policies import USERS, apply_policies, scoped_models, unscoped_models
from vcsm.accounts.scope import in_workspace
from vcsm.audit.models import Entry
from vcsm.console.api import escalations
from vcsm.events.models import Session
from vcsm.events.sessions import NotYours
from widget.identity import greet
from widget.keys import Door
from widget.protocol import Hello

pytestmark = pytest.mark.django_db

SHARED = {
    "accounts.RecoveryCode",
    "accounts.SecondFactor",
    "accounts.SignIn",
    "assistant.Reembedding",
    "escalation.SharedModel",
}
"""Models of ours that belong to no workspace; whoever adds one says so here."""


def test_it_works(cast: Cast) -> None:
    assert Workspace.objects.filter(pk__in=[cast.acme.pk, cast.globex.pk]).count() == 2
    with in_workspace(cast.globex.pk):
        assert list(Workspace.objects.all()) == [cast.globex]
        assert not Contact.objects.filter(pk=cast.vera.pk).exists()
    with in_workspace(cast.acme.pk):
        assert Contact.objects.filter(pk=cast.vera.pk).exists()


def test_a_workspace_sees_its_own_log_ins_and_no_password(cast: Cast) -> None:
    with in_workspace(cast.acme.pk):
        names = set(User.objects.values_list("username", flat=True))
        assert names == {cast.alice.user.username, cast.bob.user.username}
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            User.objects.values_list("password").first()


def test_every_table_of_ours_is_covered_or_named(cast: Cast) -> None:
    assert {model._meta.label for model in unscoped_models()} == SHARED
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity"
        )
        covered = {row[0] for row in cursor.fetchall()}
        # A view that runs as whoever asks shows only what its tables' policies let pass.
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'v' "
            "AND 'security_invoker=true' = ANY(reloptions)"
        )
        covered.update(row[0] for row in cursor.fetchall())
    assert {model._meta.db_table for model in scoped_models()} | {USERS} == covered
    assert len(covered) > 30


@pytest.mark.parametrize("label", [model._meta.label for model in scoped_models()])
def test_nothing_of_acme_is_seen_from_globex(label: str, cast: Cast) -> None:
    """Counted by a query without any filter, as a forgotten one would be."""
    model: Any = apps.get_model(label)
    mine = set(_keys(model, cast.acme.pk))
    with in_workspace(cast.globex.pk):
        seen = set(model._base_manager.values_list("pk", flat=True))
    assert not mine & seen


def test_a_write_for_another_workspace_is_refused(cast: Cast) -> None:
    with in_workspace(cast.globex.pk):
        with pytest.raises(DatabaseError), transaction.atomic():
            Contact.objects.create(workspace=cast.acme)
        assert Contact.objects.filter(pk=cast.vera.pk).update(name="Mallory") == 0
        assert Contact.objects.filter(pk=cast.vera.pk).delete()[0] == 0
        Contact.objects.create(workspace=cast.globex)
    cast.vera.refresh_from_db()
    assert cast.vera.name != "Mallory"


def test_the_scope_ends_and_does_not_nest_for_another(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), in_workspace(cast.acme.pk):
        raise ZeroDivisionError
    assert _role() == "none"
    with in_workspace(cast.acme.pk), in_workspace(cast.acme.pk):
        assert _role() == "vcsm_scoped"
    with (
        in_workspace(cast.acme.pk),
        pytest.raises(RuntimeError, match="already"),
        in_workspace(cast.globex.pk),
    ):
        pass
    assert _role() == "none"


@pytest.mark.django_db(transaction=False)
def test_a_failed_transaction_leaves_no_scope_behind(cast: Cast) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        in_workspace(cast.acme.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1/0")
    assert _role() == "none"
    assert Workspace.objects.filter(pk=cast.globex.pk).exists()


def test_the_role_sees_nothing_without_a_workspace(cast: Cast) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE vcsm_scoped")
        assert not Workspace.objects.exists()
        assert not Session.objects.exists()
        assert not Entry.objects.exists()
        transaction.set_rollback(True)


def test_policies_that_are_right_are_left_alone(cast: Cast) -> None:
    before = _policy_ids()
    assert apply_policies()
    assert _policy_ids() == before


def test_a_query_that_forgets_its_filter_leaks_nothing(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The console's own filter is taken out on purpose: only the database stands in the way."""
    monkeypatch.setattr(escalations, "member_of", lambda request: cast.alice, raising=True)
    client.force_login(cast.charlie.user)

    seen = client.get("/console/api/escalations")

    assert b"Vera" not in seen.content
    assert b"Kestrel" not in seen.content


def _keys(model: Any, workspace_id: int) -> list[Any]:
    with in_workspace(workspace_id):
        return list(model._base_manager.values_list("pk", flat=True))


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        return str(cursor.fetchone()[0])


def _policy_ids() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_policy")
        return {row[0] for row in cursor.fetchall()}


def test_a_session_id_of_another_workspace_is_refused(cast: Cast) -> None:
    session, browser = str(uuid4()), str(uuid4())
    hello = Hello(session=session, browser=browser, at=0)
    for workspace in (cast.acme, cast.globex):
        door = Door(workspace_id=workspace.pk, company="", friction_settings={})
        with in_workspace(workspace.pk):
            if workspace == cast.acme:
                greet(door=door, hello=hello, user_agent="", now=NOON)
            else:
                with pytest.raises(NotYours):
                    greet(door=door, hello=hello, user_agent="", now=NOON)

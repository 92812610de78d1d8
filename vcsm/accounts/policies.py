"""Row-level security on every table that belongs to a workspace, derived from the models.

A table with a `workspace` is filtered by it; one without, by the row that it points to.
`manage.py migrate` applies the policies after every migration, so a new table is covered the day it
is added. `unscoped_models` lists the rest, which a test has to account for.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model
from django.db.utils import ProgrammingError

from vcsm.accounts.models import Member, Workspace
from vcsm.accounts.scope import ROLE, SETTING

POLICY = "one_workspace"
_CURRENT = f"NULLIF(current_setting('{SETTING}', true), '')::bigint"
USERS = "auth_user"
"""Logins belong to no workspace; each sees those of its own members, without the password hash."""
_OWN_USERS = f"EXISTS (SELECT 1 FROM accounts_member AS own WHERE own.user_id = {USERS}.id)"

HIDDEN = ("accounts_secondfactor", "accounts_recoverycode", "accounts_signin")
"""Tables hidden from every workspace: they are read while a member signs in, before one is in
force."""

_MAKE_ROLE = f"""
DO $$ BEGIN
  CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""


class RoleMissing(Exception):
    """The database login may not create the role; the message says what an owner can do."""


def apply_policies() -> list[str]:
    """Creates or updates role, grants and policies; returns tables covered. Raises RoleMissing."""
    with transaction.atomic(), connection.cursor() as cursor:
        _make_role(cursor)
        existing = set(connection.introspection.table_names(cursor, include_views=False))
        views = set(connection.introspection.table_names(cursor, include_views=True)) - existing
        in_force = _policies_in_force(cursor)
        covered = []
        for model in scoped_models():
            table, condition = model._meta.db_table, str(_filter(model))
            if table in existing:
                # Changing a policy locks its table, so one that is right already is left alone.
                if in_force.get(table) != condition:
                    for statement in _statements(table, condition):
                        cursor.execute(statement)
                cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
                covered.append(table)
            elif table in views:  # `security_invoker`: the policies of its tables apply
                cursor.execute(f"GRANT SELECT, INSERT ON {table} TO {ROLE}")
        readable = {model._meta.db_table for model in unscoped_models()}
        for table in existing.intersection(readable) - set(HIDDEN):
            cursor.execute(f"GRANT SELECT ON {table} TO {ROLE}")
        if {USERS, Member._meta.db_table} <= existing:
            _show_own_users(cursor, in_force.get(USERS))
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    return covered


def _show_own_users(cursor: CursorWrapper, in_force: str | None) -> None:
    if in_force != _OWN_USERS:
        for statement in _statements(USERS, _OWN_USERS):
            cursor.execute(statement)
    shown = [str(one.column) for one in User._meta.concrete_fields if one.name != "password"]
    cursor.execute(f"REVOKE ALL ON {USERS} FROM {ROLE}")
    cursor.execute(f"GRANT SELECT ({', '.join(shown)}) ON {USERS} TO {ROLE}")


def scoped_models() -> list[type[Model]]:
    """Returns our models whose rows belong to one workspace."""
    return [model for model in _ours() if _filter(model) is not None]


def unscoped_models() -> list[type[Model]]:
    """Returns our models whose rows belong to no workspace, so that no policy can be derived."""
    return [model for model in _ours() if _filter(model) is None]


def _ours() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("vcsm.") and not model._meta.proxy:
            yield model


def _filter(model: type[Model], depth: int = 0) -> str | None:
    """Returns the SQL condition that a row of `model` is the current workspace's, or None when the
    model does not lead to a workspace."""
    if model is Workspace:
        return f"id = {_CURRENT}"
    fields = [field for field in model._meta.concrete_fields if field.related_model]
    for field in fields:
        if field.related_model is Workspace:
            return f"{field.column} = {_CURRENT}"
    for field in fields:
        above = field.related_model
        if (
            isinstance(above, type)
            and above is not model
            and not field.null
            and depth < 5
            and _filter(above, depth + 1) is not None
        ):
            return _exists(model, field, above)
    return None


def _exists(model: type[Model], field: "Field[object, object]", above: type[Model]) -> str:
    # The row above is read under its own policy: if it is visible, it is the workspace's.
    return (
        f"EXISTS (SELECT 1 FROM {above._meta.db_table} AS above "
        f"WHERE above.{above._meta.pk.column} = {model._meta.db_table}.{field.column})"
    )


def _statements(table: str, condition: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {POLICY} ON {table}",
        f"CREATE POLICY {POLICY} ON {table} TO {ROLE} USING ({condition})",
        # The comment keeps the condition as written; PostgreSQL stores it rephrased.
        f"COMMENT ON POLICY {POLICY} ON {table} IS $${condition}$$",
    ]


def _policies_in_force(cursor: CursorWrapper) -> dict[str, str]:
    cursor.execute(
        "SELECT polrelid::regclass::text, obj_description(oid, 'pg_policy') FROM pg_policy "
        "WHERE polname = %s",
        [POLICY],
    )
    return dict(cursor.fetchall())


def _make_role(cursor: CursorWrapper) -> None:
    try:
        cursor.execute(_MAKE_ROLE)
        cursor.execute(f"GRANT {ROLE} TO CURRENT_USER")
    except ProgrammingError as error:
        raise RoleMissing(
            f"The database login may not make the role {ROLE}, which keeps workspaces apart. Let "
            f"an owner run: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO the login of DATABASE_URL "
            "WITH ADMIN OPTION; then migrate again."
        ) from error

"""Which migrations the previous release's code can live with while it serves.

That code knows no new column and still uses every old one, and whatever takes long under a lock
stops everybody. So a new column can be left empty by code that does not know it, indexes are built
beside the traffic, and what is removed has been unused for a version: such a migration says
`unused_since = "0.1.0"`.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import connection, migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import AutoField, Field
from django.db.models.fields import NOT_PROVIDED

from tests.upgrade.released import VERSION

_HARMLESS = (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
    migrations.AlterModelManagers,
    migrations.AlterModelOptions,
    migrations.CreateModel,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    migrations.RunPython,
)
_TAKES_AWAY = (migrations.RemoveField, migrations.DeleteModel)
_SQL = {
    r"\bDROP\s+(TABLE|COLUMN|VIEW)\b": "takes away",
    r"\bALTER\s+TABLE\s+\S+\s+DROP\s+(?!COLUMN|CONSTRAINT|DEFAULT)": "takes away",
    r"\bRENAME\b": "renames what the code before calls by its old name",
    r"\bSET\s+NOT\s+NULL\b": "refuses rows of the code before",
    r"\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b": "writes the table anew under a lock",
    r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)": "builds an index under a lock",
    r"\b(LOCK\s+TABLE|VACUUM\s+FULL|CLUSTER)\b": "locks the table",
}


def faults_of(migration: migrations.Migration, before: ProjectState, new: set[str]) -> list[str]:
    """Returns what code of the previous release, or anybody waiting for a lock, would notice of the
    migration; empty when nothing.

    `before` is the state that it starts from. `new` holds `app.model` of the tables that the
    earlier code does not know; tables created here are added. On those everything is allowed.
    """
    state, app = before.clone(), migration.app_label
    unused = _version(getattr(migration, "unused_since", ""))
    found = []
    for operation in _flat(migration.operations):
        what = operation.describe()
        if _table_of(operation, app) not in new:
            for fault in _faults(operation, app, state):
                if fault != "takes away" or unused is None:
                    found.append(f"{what}: {fault}")
        if isinstance(operation, migrations.CreateModel):
            new.add(_table_of(operation, app))
        operation.state_forwards(app, state)
    if not migration.atomic and len(migration.operations) != 1:
        found.append("broken off, it cannot be run again: one operation where none is taken back")
    return found


def _flat(operations: list[Operation]) -> Iterator[Operation]:
    for one in operations:
        if isinstance(one, migrations.SeparateDatabaseAndState):
            yield from _flat(one.database_operations)
        else:
            yield one


def _table_of(operation: Any, app: str) -> str:
    """Returns `app.model`, or '' for an operation that belongs to no one table."""
    model = getattr(operation, "model_name", None) or getattr(operation, "name", None) or ""
    return "" if isinstance(operation, migrations.RunSQL) else f"{app}.{model.lower()}"


def _faults(operation: Any, app: str, state: ProjectState) -> Iterator[str]:
    match operation:
        case migrations.AddField():
            yield from _faults_of_new(operation.field)
        case migrations.AlterField():
            after = state.clone()
            operation.state_forwards(app, after)
            old, new = (
                one.apps.get_model(app, operation.model_name)._meta.get_field(operation.name)
                for one in (state, after)
            )
            yield from _faults_of_change(old, new)
        case migrations.RunSQL():
            said = operation.sql if isinstance(operation.sql, str) else str(operation.sql)
            yield from (
                fault for wrong, fault in _SQL.items() if re.search(wrong, said, re.IGNORECASE)
            )
        case _ if isinstance(operation, _TAKES_AWAY):
            yield "takes away"
        case migrations.AddIndex() if not isinstance(operation, AddIndexConcurrently):
            yield "builds an index under a lock: AddIndexConcurrently, in a migration of its own"
        case _ if not isinstance(operation, _HARMLESS):
            yield "is not known to be harmless"


def _faults_of_new(field: "Field[Any, Any]") -> Iterator[str]:
    if field.many_to_many:
        return  # a table of its own
    if not field.null and field.db_default is NOT_PROVIDED:
        yield "the code before stores rows without it: give it a db_default, or let it be empty"
    if field.unique or field.db_index:
        yield "builds an index under a lock: db_index=False, and the index concurrently"


def _faults_of_change(old: "Field[Any, Any]", new: "Field[Any, Any]") -> Iterator[str]:
    editor = connection.schema_editor()
    if not editor._field_should_be_altered(old, new, ignore={"default"}):  # type: ignore[attr-defined]
        return
    if old.null and not new.null:
        yield "refuses rows of the code before"
    if (new.unique or new.db_index) and not (old.unique or old.db_index):
        yield "builds an index under a lock"
    if type(old) is not type(new) or isinstance(new, AutoField):
        yield "writes the table anew under a lock"
    if (old.max_length or 0) > (new.max_length or old.max_length or 0):
        yield "refuses values of the code before"


def _version(said: str) -> tuple[int, ...] | None:
    """Returns the version as numbers; None unless it or a later one has been released."""
    if not said:
        return None
    told, released = (tuple(map(int, one.split("."))) for one in (said, VERSION))
    return told if told <= released else None

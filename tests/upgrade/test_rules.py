"""Migrations after the last release leave the code before in peace."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.upgrade.released import RELEASED
from tests.upgrade.rules import faults_of
from tests.upgrade.statements import broken_statements, code_before

TABLE = ("success", "promise")


def new_migrations(loader: MigrationLoader) -> Iterator[tuple[str, str]]:
    """Ours that came after the release, in an order in which they can be run."""
    seen = {key for leaf in RELEASED.items() for key in loader.graph.forwards_plan(leaf)}
    for leaf in sorted(loader.graph.leaf_nodes()):
        for key in loader.graph.forwards_plan(leaf):
            if key not in seen and loader.get_migration(*key).__module__.startswith("vcsm."):
                seen.add(key)
                yield key


def test_it_works() -> None:
    loader = MigrationLoader(None)
    new: set[str] = set()
    found = []
    for key in new_migrations(loader):
        before = loader.project_state(key, at_end=False)
        found += [f"{key}: {fault}" for fault in faults_of(loader.get_migration(*key), before, new)]
    assert found == []


@pytest.mark.django_db
def test_the_code_before_works_with_the_schema_of_today() -> None:
    apps = code_before()
    assert len(apps.get_models()) > 40
    assert broken_statements(apps) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "ADD COLUMN told varchar(9) NOT NULL",
        "DROP COLUMN text",
        "RENAME COLUMN text TO words",
        "ALTER COLUMN text TYPE varchar(0) USING ''",
        "ADD CHECK (text = 'y')",
    ],
)
def test_a_schema_that_the_code_before_cannot_use_is_found(change: str) -> None:
    with connection.cursor() as cursor:
        change = change.replace("varchar(0) USING ''", "boolean USING true")
        cursor.execute(f"ALTER TABLE success_promise {change}")
    assert [one.partition(":")[0] for one in broken_statements(code_before())] == [
        "success.promise"
    ]


def _state() -> ProjectState:
    state = ProjectState()
    state.add_model(
        ModelState(
            *TABLE,
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("text", models.CharField(max_length=50, null=True)),
            ],
        )
    )
    return state


def _faults(*operations: Any, atomic: bool = True, unused_since: str = "") -> list[str]:
    migration = migrations.Migration("0099_odd", TABLE[0])
    migration.operations, migration.atomic = list(operations), atomic
    migration.unused_since = unused_since  # type: ignore[attr-defined]
    return faults_of(migration, _state(), set())


def _added(field: Any) -> Any:
    return migrations.AddField(TABLE[1], "told", field)


def _altered(field: Any) -> Any:
    return migrations.AlterField(TABLE[1], "text", field)


INDEX = models.Index(fields=["text"], name="by_text")


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (_added(models.IntegerField(default=0)), "db_default"),
        (_added(models.IntegerField(null=True, db_index=True)), "index under a lock"),
        (_altered(models.CharField(max_length=50)), "refuses rows"),
        (_altered(models.CharField(max_length=9, null=True)), "refuses values"),
        (_altered(models.IntegerField(null=True)), "anew under a lock"),
        (migrations.RemoveField(TABLE[1], "text"), "takes away"),
        (migrations.DeleteModel(TABLE[1]), "takes away"),
        (migrations.RenameField(TABLE[1], "text", "words"), "not known to be harmless"),
        (migrations.RenameModel(TABLE[1], "word"), "not known to be harmless"),
        (migrations.AddIndex(TABLE[1], INDEX), "AddIndexConcurrently"),
        (migrations.RunSQL("ALTER TABLE a DROP COLUMN b"), "takes away"),
        (migrations.RunSQL("alter table a rename column b to c"), "renames"),
        (migrations.RunSQL("ALTER TABLE a ALTER COLUMN b SET NOT NULL"), "refuses rows"),
        (migrations.RunSQL("ALTER TABLE a ALTER b TYPE bigint"), "anew under a lock"),
        (migrations.RunSQL("CREATE INDEX x ON a (b)"), "index under a lock"),
        (migrations.RunSQL([("LOCK TABLE a", None)]), "locks"),
    ],
)
def test_what_the_code_before_would_notice_is_refused(operation: Any, words: str) -> None:
    [fault] = _faults(operation)
    assert words in fault


@pytest.mark.parametrize(
    "operation",
    [
        _added(models.IntegerField(null=True)),
        _added(models.IntegerField(default=0, db_default=0)),
        _altered(models.CharField(max_length=90, null=True)),
        _altered(models.CharField(max_length=50, null=True, blank=True, help_text="x")),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY x ON a (b)"),
        migrations.RunPython(migrations.RunPython.noop),
    ],
)
def test_what_it_does_not_notice_is_allowed(operation: Any) -> None:
    assert _faults(operation) == []


def test_what_is_built_beside_the_traffic_stands_alone() -> None:
    """Half of a migration that is not one transaction cannot be run again."""
    concurrently = AddIndexConcurrently(TABLE[1], INDEX)
    assert _faults(concurrently, atomic=False) == []
    [fault] = _faults(concurrently, _added(models.IntegerField(null=True)), atomic=False)
    assert "cannot be run again" in fault


def test_what_no_released_code_uses_may_go() -> None:
    gone = migrations.RemoveField(TABLE[1], "text")
    assert _faults(gone, unused_since="0.1.0") == []
    assert _faults(gone, unused_since="99.0.0"), "that version is not out yet"
    assert _faults(_added(models.IntegerField()), unused_since="0.1.0"), "it takes nothing away"


def test_a_new_table_may_have_what_it_likes() -> None:
    made = migrations.CreateModel("letter", [("id", models.BigAutoField(primary_key=True))])
    index = migrations.AddIndex("letter", models.Index(fields=["id"], name="by_id"))
    assert _faults(made, index) == []

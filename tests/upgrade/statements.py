"""Tries what the previous release's code says to the database on today's schema: for each of its
models, a row is written with the columns it knows, read, changed and deleted."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps.registry import Apps
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from tests.upgrade.released import RELEASED

UNCHANGING = {"audit.entry", "audit.link", "audit.head"}
"""Models whose rows PostgreSQL lets nobody change."""


def code_before() -> Apps:
    """Returns the models as the previous release's code has them."""
    loader = MigrationLoader(connection)
    return loader.project_state(list(RELEASED.items())).apps


def broken_statements(apps: Apps) -> list[str]:
    """Returns `app.model: error` for each model that today's schema does not serve."""
    found = []
    for model in apps.get_models():
        # Migrations know unmanaged tables (partitions and their view) by name only.
        if model._meta.app_label in RELEASED and model._meta.managed:
            try:
                with transaction.atomic():
                    _use(model)
                    transaction.set_rollback(True)
            except DatabaseError as error:
                found.append(f"{model._meta.label_lower}: {str(error).splitlines()[0]}")
    return found


def _use(model: type[models.Model]) -> None:
    rows, values = model._default_manager, values_of(model)
    written = rows.create(**{field.attname: value for field, value in values.items()})
    mine = rows.filter(pk=written.pk)
    assert mine.first() is not None, f"{model._meta.label}: what was written is not read"
    if model._meta.label_lower not in UNCHANGING:
        key = set(model._meta.pk_fields)
        mine.update(**{one.attname: value for one, value in values.items() if one not in key})
        mine._raw_delete(using=connection.alias)  # type: ignore[attr-defined]


def values_of(model: type[models.Model]) -> dict[Any, Any]:
    """Returns a value for each column except those that the database numbers."""
    return {
        field: _value(field)
        for field in model._meta.local_concrete_fields
        if not isinstance(field, (models.AutoField, models.CompositePrimaryKey))
        and not getattr(field, "generated", False)
    }


_VALUES: dict[str, Any] = {
    "UUIDField": uuid.UUID(int=7),
    "DateTimeField": datetime(2026, 6, 1, 12, tzinfo=UTC),
    "DateField": date(2026, 6, 1),
    "TimeField": time(12),
    "DurationField": timedelta(seconds=1),
    "DecimalField": Decimal(1),
    "FloatField": 0.5,
    "BooleanField": True,
    "BinaryField": b"x",
    "JSONField": {},
    "VectorField": [0.0, 1.0],
    "HalfVectorField": [0.0] * 384,
}


def _value(field: Any) -> Any:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.IntegerField):
        return 1
    if isinstance(field, (models.CharField, models.TextField)):
        return field.choices[0][0] if field.choices else "x"
    return _VALUES[type(field).__name__]

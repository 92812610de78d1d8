"""Which tables point to which, read from the models so that tables added later are covered."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models


def pointing_to(owner: type[models.Model]) -> Iterator[tuple[type[models.Model], Any]]:
    """Yields every foreign key to `owner`, as (model, field)."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is owner:
                yield model, field


def belonging_to(owner: type[models.Model]) -> Iterator[tuple[type[models.Model], Any]]:
    """Yields the foreign keys whose rows mean nothing without the owner's: those that cascade, and
    those that the database does not enforce."""
    for model, field in pointing_to(owner):
        if field.remote_field.on_delete in (models.CASCADE, models.DO_NOTHING):
            yield model, field

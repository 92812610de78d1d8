"""Which tables point to which: found in the models, so that a later table's rows count, too."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models


def pointing_to(owner: type[models.Model]) -> Iterator[tuple[type[models.Model], Any]]:
    """Every foreign key to `owner`, with its model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is owner:
                yield model, field


def belonging_to(owner: type[models.Model]) -> Iterator[tuple[type[models.Model], Any]]:
    """Those whose rows are nothing without the owner's: a key that cascades, or is unenforced."""
    for model, field in pointing_to(owner):
        if field.remote_field.on_delete in (models.CASCADE, models.DO_NOTHING):
            yield model, field

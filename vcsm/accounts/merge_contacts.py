"""Two contacts turn out to be one person: all that points to the one is the other's from then on.

Found by following the foreign keys, as in `contact_data`, so that a later table's rows move too.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from vcsm.accounts.models import Contact

_TRAITS = ("name", "email", "account")


@transaction.atomic
def merge_contacts(old: Contact, into: Contact) -> None:
    """`old` is gone afterwards; what `into` is not known by is taken over from it."""
    for model, field in _pointing_to_contacts():
        _give(model, field, old, into)
    taken = [trait for trait in _TRAITS if not getattr(into, trait) and getattr(old, trait)]
    for trait in taken:
        setattr(into, trait, getattr(old, trait))
    if taken:
        into.save(update_fields=taken)
    old.delete()


def _pointing_to_contacts() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Contact:
                yield model, field.name


def _give(model: type[models.Model], field: str, old: Contact, into: Contact) -> None:
    rows = model._default_manager.filter(**{field: old})
    if _moved(rows, field, into):
        return
    for key in list(rows.values_list("pk", flat=True)):
        # What both have and may have once (a step that is done) stays as `into` has it.
        _moved(rows.filter(pk=key), field, into)


def _moved(rows: models.QuerySet[Any], field: str, into: Contact) -> bool:
    try:
        with transaction.atomic():
            rows.update(**{field: into})
    except IntegrityError:
        return False
    return True

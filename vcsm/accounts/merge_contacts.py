"""Merges contacts that turn out to be one person.

Rows are found by following the foreign keys, as in `contact_data`, so that the rows of tables added
later move, too.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from vcsm.accounts.models import Contact
from vcsm.accounts.pointing import pointing_to

_TRAITS = ("name", "email", "account")


@transaction.atomic
def merge_contacts(merged: Mapping[Contact, Contact]) -> None:
    """Moves all rows of each contact (key) to the one it is merged into (value) and deletes it.

    Name, e-mail and account are taken over where the remaining contact has none. No value may be a
    key as well.
    """
    for model, field in pointing_to(Contact):
        _give(model, field, {old.pk: into.pk for old, into in merged.items()})
    for old, into in merged.items():
        taken = [trait for trait in _TRAITS if not getattr(into, trait) and getattr(old, trait)]
        for trait in taken:
            setattr(into, trait, getattr(old, trait))
        if taken:
            into.save(update_fields=taken)
    Contact.objects.filter(pk__in=[old.pk for old in merged]).delete()


def _give(model: type[models.Model], field: Any, merged: Mapping[int, int]) -> None:
    """Moves the rows in one statement, or one by one where a constraint forbids that. Where both
    contacts have a row that may exist only once, such as a step done, the remaining one's stays."""
    try:
        _move(model, field, merged)
    except IntegrityError:
        for old, into in merged.items():
            rows = model._default_manager.filter(**{field.name: old})
            for key in list(rows.values_list("pk", flat=True)):
                with suppress(IntegrityError), transaction.atomic():
                    rows.filter(pk=key).update(**{field.attname: into})


def _move(model: type[models.Model], field: Any, merged: Mapping[int, int]) -> None:
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(field.column)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} r SET {column} = m.now"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS m(was, now)"
            f" WHERE r.{column} = m.was",
            [list(merged), list(merged.values())],
        )

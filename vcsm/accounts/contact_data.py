"""Exports or erases everything that is stored about one contact.

Rows are found by following the foreign keys that point to the contact, so that tables added later
are covered, too. The audit is not touched: it names rows, not people, and must stay whole.
"""

import base64
import json
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from vcsm.accounts.broadcast import contact_erased
from vcsm.accounts.models import Browser, Contact
from vcsm.accounts.pointing import belonging_to
from vcsm.core.queue import enqueue_on_commit

Found = dict[type[models.Model], set[Any]]


def export_contact(contact: Contact) -> dict[str, list[dict[str, Any]]]:
    """Returns every row about the contact, by table name, in JSON types.

    Bytes are base64 and vectors are left out. A browser's id is replaced by a hash, because the id
    is the contact's secret.
    """
    found = _rows_of(contact)
    return {
        model._meta.label_lower: [_plain(row) for row in _read(model, keys)]
        for model, keys in sorted(found.items(), key=lambda one: one[0]._meta.label_lower)
        if keys
    }


@transaction.atomic
def erase_contact(contact: Contact) -> dict[str, int]:
    """Removes the contact and every row about them; returns how many rows, by table name."""
    found = _rows_of(contact)
    counts = {model._meta.label_lower: len(keys) for model, keys in found.items() if keys}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    for model, keys in found.items():
        if not model._meta.managed and model._meta.db_table in tables:
            # No cascade reaches a table without constraints. A view's rows go with their tables.
            _delete_unmanaged(model, keys)
    contact_erased(found.get(Browser, ()))
    contact.delete()
    enqueue_on_commit("accounts.forget_samples")
    return counts


def _rows_of(contact: Contact) -> Found:
    """Returns the keys of the contact's row and of all rows that belong to it, by model."""
    found: Found = {Contact: {contact.pk}}
    # Rows of a browser (sessions, conversations) may name an earlier, anonymous contact.
    todo: list[tuple[type[models.Model], set[Any]]] = [(Contact, {contact.pk})]
    while todo:
        owner, keys = todo.pop()
        for model, field in belonging_to(owner):
            rows = model._default_manager.filter(**{f"{field.name}__in": list(keys)})
            if model is Browser:
                rows = rows.filter(contact=contact)
            new = set(rows.values_list("pk", flat=True)) - found.get(model, set())
            if new:
                found.setdefault(model, set()).update(new)
                # Nothing points to unmanaged tables or to tables with a composite key.
                if model._meta.managed and not isinstance(
                    model._meta.pk, models.CompositePrimaryKey
                ):
                    todo.append((model, new))
    return found


def _read(model: type[models.Model], keys: set[Any]) -> list[models.Model]:
    return list(model._default_manager.filter(pk__in=list(keys)))


def _plain(row: models.Model) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if type(field).__name__ in ("VectorField", "HalfVectorField", "SparseVectorField"):
            continue
        named = field.model if field.primary_key else field.related_model
        plain[field.attname] = _stand_in(value) if named is Browser else _json(value)
    return plain


def _stand_in(browser_id: UUID | None) -> str | None:
    """Returns a hash that is the same for the same browser but does not reveal its id, which opens
    the conversations held there."""
    if browser_id is None:
        return None
    return f"browser-{sha256(browser_id.bytes).hexdigest()[:16]}"


def _json(value: Any) -> Any:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_json(one) for one in value]
    json.dumps(value)  # raises here rather than where the export is written
    return value


def _delete_unmanaged(model: type[models.Model], keys: set[Any]) -> None:
    sessions = {key[0] if isinstance(key, tuple) else key for key in keys}
    if not sessions:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)} "
            "WHERE session_id = ANY(%s)",
            [list(sessions)],
        )

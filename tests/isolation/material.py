"""What is Acme's: every row, every id, and every text in the rows that Globex cannot know
otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from vcsm.accounts.policies import scoped_models
from vcsm.accounts.scope import in_workspace

MARK = "zanzibar"
"""Marks Acme's free texts in the scene; other texts there may be the product's own words."""
_WORD = re.compile(r"[\w@.:-]{8,}")

Rows = dict[str, dict[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Material:
    """Everything that belongs to one workspace at one moment."""

    rows: Rows
    uuids: tuple[UUID, ...]
    numbers: tuple[int, ...]
    secrets: frozenset[str]

    def leaks(self, seen: str) -> list[str]:
        """Returns the secrets that occur in `seen`; empty when all is well."""
        return sorted(secret for secret in self.secrets if secret in seen)


def rows_of(workspace_id: int) -> Rows:
    """Returns every row of every table that belongs to a workspace, by table and key."""
    with in_workspace(workspace_id):
        return {
            model._meta.label: {row.pk: _values(row) for row in model._base_manager.all()}
            for model in scoped_models()
        }


def read_material(workspace_id: int, *, known_to: int) -> Material:
    """Reads a workspace. `known_to` must not learn any of it; what both have is no secret."""
    rows = rows_of(workspace_id)
    theirs = set(_texts(rows_of(known_to)))
    names = set(User.objects.values_list("username", flat=True))
    secrets = {text for text in _texts(rows) if text not in theirs and text not in names}
    # One key of every table before the second of any.
    turns = zip_longest(*(table for table in rows.values() if table))
    keys = [key for turn in turns for key in turn if key is not None]
    return Material(
        rows=rows,
        uuids=tuple(dict.fromkeys(key for key in keys if isinstance(key, UUID))),
        numbers=tuple(sorted({key for key in keys if isinstance(key, int)})),
        secrets=frozenset(secrets),
    )


def changes(before: Rows, after: Rows) -> list[str]:
    """Returns what differs, as "table key"."""
    return [
        f"{label} {key}"
        for label in before
        for key in {**before[label], **after[label]}
        if before[label].get(key) != after[label].get(key)
    ]


def _values(row: Any) -> dict[str, Any]:
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        values[field.attname] = value.tolist() if hasattr(value, "tolist") else value
    return values


def _texts(value: Any) -> Iterator[str]:
    """Yields ids, and words that could not occur elsewhere by chance."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, UUID):
        yield str(value)
    elif isinstance(value, str):
        for word in _WORD.findall(value):
            if MARK in word or word.startswith(("k_", "pk_", "gAAAA")):
                yield word

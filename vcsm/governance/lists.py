"""A workspace's can/can't lists: reads the one in force, and puts one in force."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.governance.checks import refuse_failing
from vcsm.governance.guardrails import (
    Guardrails,
    ListUnreadable,
    read_guardrails,
    written_guardrails,
    written_text,
)
from vcsm.governance.models import GuardrailList

LOOKED_AT = 20
"""How many lists to look back for a readable one if the latest can no longer be read."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The list in force, where it comes from, and the latest one that was refused since."""

    guardrails: Guardrails
    text: str
    row: GuardrailList | None
    """None: the list that comes with the product."""
    refused: GuardrailList | None
    """A later one that is not in force; its `error` says why."""


def guardrails_in_force(workspace_id: int) -> Guardrails:
    """Returns the latest list that was accepted and can still be read; usually one query."""
    accepted = GuardrailList.objects.filter(workspace_id=workspace_id, error="").order_by("-pk")
    return guardrails_of(workspace_id, accepted.values_list("text", flat=True).first())


def guardrails_of(workspace_id: int, latest: str | None) -> Guardrails:
    """Returns the list in force, for callers that have read the text of the latest accepted one.

    `latest` is None if no list was ever accepted.
    """
    if latest is None:
        return written_guardrails()
    try:
        return _parsed(latest)
    except ListUnreadable:
        return read_in_force(workspace_id).guardrails


def read_in_force(workspace_id: int) -> InForce:
    """Reads, for the page, the list in force and the latest one that was refused since.

    A list that was accepted but can no longer be read counts as refused.
    """
    refused: GuardrailList | None = None
    rows = GuardrailList.objects.filter(workspace_id=workspace_id).select_related("by")
    for row in rows.order_by("-pk")[:LOOKED_AT]:
        error = row.error
        try:
            if not error:
                return InForce(_parsed(row.text), row.text, row, refused)
        except ListUnreadable as unreadable:
            row.error = str(unreadable)
        refused = refused or row
    return InForce(written_guardrails(), written_text(), None, refused)


def put_in_force(
    *, workspace_id: int, text: str, by: Member | None, now: datetime
) -> GuardrailList:
    """Stores the text in any case. One with an `error` changes nothing else; both are audited."""
    text = text.replace("\x00", "�")
    try:
        refuse_failing(read_guardrails(text))
        error = ""
    except ListUnreadable as unreadable:
        error = str(unreadable)
    with transaction.atomic():
        row = GuardrailList.objects.create(
            workspace_id=workspace_id, text=text, by=by, at=now, error=error
        )
        append_entry(
            workspace_id=workspace_id,
            kind="guardrails_refused" if error else "guardrails",
            actor=by,
            subject=f"guardrails:{row.pk}",
            body={"error": error, "text": text} if error else {"text": text},
            at=now,
        )
    return row


@lru_cache(maxsize=256)
def _parsed(text: str) -> Guardrails:
    """Parses a list. Its own checks were run when it was put in force, and are not run again."""
    return read_guardrails(text)

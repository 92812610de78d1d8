"""A workspace's can/can't lists: which is in force, and putting one in force."""

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
"""How far back a readable list is looked for when the latest cannot be read any more."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force, where it is from, and what somebody last tried in vain."""

    guardrails: Guardrails
    text: str
    row: GuardrailList | None
    """None: the list that comes with the product."""
    refused: GuardrailList | None
    """A later one that is not in force; its `error` says why."""


def guardrails_in_force(workspace_id: int) -> Guardrails:
    """The latest list that was accepted and can still be read; one query."""
    accepted = GuardrailList.objects.filter(workspace_id=workspace_id, error="").order_by("-pk")
    return guardrails_of(workspace_id, accepted.values_list("text", flat=True).first())


def guardrails_of(workspace_id: int, latest: str | None) -> Guardrails:
    """The same for who has read the text of the list that was accepted last, if any."""
    if latest is None:
        return written_guardrails()
    try:
        return _parsed(latest)
    except ListUnreadable:
        return read_in_force(workspace_id).guardrails


def read_in_force(workspace_id: int) -> InForce:
    """For the page: a list that was accepted once but cannot be read any more counts as refused."""
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
    """Keeps the text either way; one with an `error` changes nothing. Both are in the audit."""
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
    """A list passes its own checks when it is put in force; only its shape is looked at again."""
    return read_guardrails(text)

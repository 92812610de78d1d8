"""Appends entries to a workspace's audit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from vcsm.accounts.models import Member
from vcsm.audit.models import Entry

KINDS = (
    "decision",
    "action",
    "take_over",
    "hand_back",
    "verdict",
    "policy",
    "friction_settings",
    "guardrails",
    "guardrails_refused",
    "approval",
    "judgement",
    "taken_back",
    "stop",
    "lift",
    "agent",
    "sign_in",
    "sign_in_failed",
    "second_factor",
    "password",
    "sign_out",
    "view",
    "export",
    "erase",
    "threshold",
    "duty",
    "snooze",
    "assign",
    "merge",
    "rerouted",
    "silence_audit",
    "key",
    "member",
    "account",
    "settings",
    "dead_letter",
)
ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class New:
    """An entry to be written."""

    kind: str
    subject: str
    body: Mapping[str, object]


def append_entry(
    *,
    workspace_id: int,
    kind: str,
    actor: Member | str | None,
    subject: str,
    body: Mapping[str, object],
    at: datetime,
) -> None:
    """Writes one entry in the caller's transaction: if that is rolled back, so is the entry.

    `actor`: a member; None for the assistant; words for anybody else.
    Raises ValueError for an unknown kind, or a subject of more than one line.
    """
    new = New(kind, subject, body)
    append_entries([new], workspace_id=workspace_id, at=at, actor=actor)


def append_entries(
    entries: Iterable[New],
    *,
    workspace_id: int,
    at: datetime,
    actor: Member | str | None = None,
) -> None:
    """Writes several entries, as `append_entry` does, in their order and in one statement."""
    Entry.objects.bulk_create(
        Entry(
            workspace_id=workspace_id,
            at=at,
            kind=_known(new.kind),
            actor=name_of(actor),
            subject=_one_line(new.subject),
            body=msgspec.json.encode(new.body, order="deterministic").decode(),
        )
        for new in entries
    )


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a kind of entry.")
    return kind


def _one_line(subject: str) -> str:
    if "\n" in subject:
        raise ValueError("A subject is one line.")
    return subject


def name_of(actor: Member | str | None) -> str:
    """Names an actor in one line, in words that outlive the row they came from."""
    if actor is None:
        return ASSISTANT
    if isinstance(actor, str):
        return " ".join(actor.split())[:200]
    return f"member:{actor.pk} {' '.join(actor.name.split())}"

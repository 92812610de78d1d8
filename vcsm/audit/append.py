"""Writing an entry."""

from collections.abc import Mapping
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


def append_entry(
    *,
    workspace_id: int,
    kind: str,
    actor: Member | str | None,
    subject: str,
    body: Mapping[str, object],
    at: datetime,
) -> None:
    """In the caller's transaction: what is rolled back was never written.

    `actor`: a member; None for the assistant; words for whoever is neither.
    Raises ValueError for an unknown kind, or a subject of more than one line.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of entry.")
    if "\n" in subject:
        raise ValueError("A subject is one line.")
    Entry.objects.create(
        workspace_id=workspace_id,
        at=at,
        kind=kind,
        actor=name_of(actor),
        subject=subject,
        body=msgspec.json.encode(body, order="deterministic").decode(),
    )


def name_of(actor: Member | str | None) -> str:
    """As it stands in an entry: one line, in words that outlive the row they came from."""
    if actor is None:
        return ASSISTANT
    if isinstance(actor, str):
        return " ".join(actor.split())[:200]
    return f"member:{actor.pk} {' '.join(actor.name.split())}"

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
    "sign_out",
    "view",
    "export",
)
ASSISTANT = "assistant"


def append_entry(
    *,
    workspace_id: int,
    kind: str,
    actor: Member | None,
    subject: str,
    body: Mapping[str, object],
    at: datetime,
) -> None:
    """In the caller's transaction: what is rolled back was never written. `actor` None: ours.

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
        actor=_name(actor) if actor else ASSISTANT,
        subject=subject,
        body=msgspec.json.encode(body, order="deterministic").decode(),
    )


def _name(member: Member) -> str:
    return f"member:{member.pk} {' '.join(member.name.split())}"

"""Agents other than the assistant: members register them for named use cases, and retire them."""

from collections.abc import Sequence
from datetime import datetime

from django.core.validators import validate_slug
from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.governance.allow import ASSISTANT
from vcsm.governance.broadcast import governance_changed
from vcsm.governance.models import Agent
from vcsm.governance.use_cases import find_use_case


def register_agent(
    *, workspace_id: int, key: str, name: str, use_cases: Sequence[str], by: Member, now: datetime
) -> Agent:
    """Registers an agent, or replaces what it may act under.

    Raises ValidationError for a key that is not a slug, and ValueError for a use case that does not
    exist or for the assistant's own key.
    """
    validate_slug(key)
    if key == ASSISTANT:
        raise ValueError("The assistant is registered already, for every use case.")
    unknown = [one for one in use_cases if find_use_case(one) is None]
    if unknown:
        raise ValueError(f"There is no use case {unknown[0]!r}.")
    with transaction.atomic():
        agent, _ = Agent.objects.update_or_create(
            workspace_id=workspace_id,
            key=key,
            defaults={
                "name": name,
                "use_cases": sorted(set(use_cases)),
                "by": by,
                "at": now,
                "retired_at": None,
            },
        )
        _write_down("agent", agent, by, {"name": name, "use_cases": agent.use_cases}, now)
    return agent


def retire_agent(*, workspace_id: int, key: str, by: Member, now: datetime) -> None:
    """Takes all rights from an agent; does nothing if it is retired already."""
    with transaction.atomic():
        agent = (
            Agent.objects.select_for_update()
            .filter(workspace_id=workspace_id, key=key, retired_at=None)
            .first()
        )
        if agent is None:
            return
        agent.retired_at = now
        agent.save(update_fields=["retired_at"])
        _write_down("agent", agent, by, {"retired": True}, now)


def _write_down(
    kind: str, agent: Agent, by: Member, body: dict[str, object], now: datetime
) -> None:
    append_entry(
        workspace_id=agent.workspace_id,
        kind=kind,
        actor=by,
        subject=f"agent:{agent.key}",
        body=body,
        at=now,
    )
    governance_changed(agent.workspace_id)

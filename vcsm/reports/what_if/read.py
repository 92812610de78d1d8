"""Reads the decisions of a workspace's last weeks, with their facts and verdicts."""

from datetime import datetime

import msgspec

from vcsm.escalation.decide import facts_from_json
from vcsm.escalation.models import Decision, Verdict
from vcsm.governance.allow import State
from vcsm.governance.lists import guardrails_in_force
from vcsm.governance.standing import read_agents, read_levels, read_stopped
from vcsm.reports.what_if.past import History, Judged, Past

MOST = 50_000
"""Decisions that a replay looks at, at most; the latest."""


def read_past(*, workspace_id: int, since: datetime, until: datetime) -> History:
    """Returns the decisions from `since` up to `until`, the latest `MOST`; only reads."""
    rows = list(
        Decision.objects.filter(workspace_id=workspace_id, at__gte=since, at__lt=until)
        .order_by("-at", "-pk")
        .values_list(
            "pk",
            "at",
            "contact_id",
            "session_id",
            "escalation_id",
            "escalation__owner__name",
            "contact__account__owner__name",
            "facts",
            "action",
            "rule",
        )[: MOST + 1]
    )
    cases = [past for row in reversed(rows[:MOST]) if (past := _past(row)) is not None]
    return History(
        since=since,
        until=until,
        cases=tuple(cases),
        verdicts=_verdicts(workspace_id, since),
        guardrails=guardrails_in_force(workspace_id),
        state=State(
            approved=read_levels(workspace_id),
            stopped=read_stopped(workspace_id),
            agents=read_agents(workspace_id),
        ),
        unread=len(rows[:MOST]) - len(cases),
        cut=len(rows) > MOST,
    )


def _past(row: tuple[object, ...]) -> Past | None:
    pk, at, contact, session, escalation, owner, accounts, facts, action, rule = row
    try:
        read = facts_from_json(facts)
    except msgspec.ValidationError:
        return None
    place = f"{read.signals[0].element}@{read.signals[0].page}" if read.signals else "turn"
    return Past(
        id=pk,  # type: ignore[arg-type]
        at=at,  # type: ignore[arg-type]
        contact=contact,  # type: ignore[arg-type]
        case=f"escalation:{escalation}" if escalation else f"session:{session} {place}",
        owner=str(owner or accounts or ""),
        facts=read,
        action=str(action),
        rule=str(rule),
    )


def _verdicts(workspace_id: int, since: datetime) -> dict[str, Judged]:
    """Returns verdicts on escalations opened since; for older ones, deciding facts are missing."""
    rows = Verdict.objects.filter(
        escalation__workspace_id=workspace_id, escalation__opened_at__gte=since
    ).values_list("escalation_id", "false_alarm", "escalation__verdict_asked")
    return {
        f"escalation:{escalation}": Judged(needed=not false, drawn=drawn)
        for escalation, false, drawn in rows
    }

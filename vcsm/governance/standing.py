"""Reads, in the deciding transaction, how things stand: what may be done to this contact now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import connection

from vcsm.governance.allow import ASSISTANT, WORKSPACE, Request, Ruling, State, allow
from vcsm.governance.autonomy import Level
from vcsm.governance.guardrails import Guardrails
from vcsm.governance.lists import guardrails_of
from vcsm.governance.models import Agent, Approval, Stop
from vcsm.governance.use_cases import USE_CASES

DAY, WEEK = timedelta(days=1), timedelta(days=7)

# Acts share the first lock and `switches` take it alone: a switch waits for one running decision at
# most. It is a statement of its own, so that all that is read after it is read under the lock.
_LOCK = """
SELECT pg_advisory_xact_lock_shared(hashtext('acts'), %(workspace)s::int),
  pg_advisory_xact_lock(hashtext('budget'), %(contact)s::int);
"""
# Raw SQL: it runs for every struggle, and building it with the ORM would cost more than running it.
# Interruptions count in all browsers of the contact, including those from before they were
# identified.
_STANDING = """
SELECT
  (SELECT text FROM governance_guardraillist
    WHERE workspace_id = %(workspace)s AND error = '' ORDER BY id DESC LIMIT 1),
  (SELECT json_object_agg(use_case, level)::text FROM (
    SELECT DISTINCT ON (use_case) use_case, level FROM governance_approval
    WHERE workspace_id = %(workspace)s ORDER BY use_case, id DESC) latest),
  (SELECT array_agg(what::text) FROM governance_stop
    WHERE workspace_id = %(workspace)s AND lifted_at IS NULL),
  count(*) FILTER (WHERE at > %(day)s), count(*)
FROM (
  SELECT at FROM governance_act
  WHERE contact_id = %(contact)s AND interrupts AND at > %(week)s
  UNION ALL
  SELECT act.at FROM accounts_browser browser
  JOIN governance_act act ON act.browser_id = browser.id
  JOIN accounts_contact unnamed ON unnamed.id = act.contact_id AND unnamed.external_id IS NULL
  WHERE browser.contact_id = %(contact)s AND act.contact_id <> %(contact)s
    AND act.interrupts AND act.at > %(week)s
) interruptions
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one workspace and one contact (or none) at one moment."""

    workspace_id: int
    contact_id: int | None
    browser_id: UUID | None
    at: datetime
    guardrails: Guardrails
    state: State

    def ask(self, use_case: str, *, agent: str = ASSISTANT, must_reach: bool = False) -> Ruling:
        request = Request(use_case=use_case, agent=agent, must_reach=must_reach)
        return allow(request, self.guardrails, self.state)

    @property
    def barred(self) -> dict[str, str]:
        """Use case → the rule that forbids the assistant to act under it without a human."""
        rulings = {one.key: self.ask(one.key) for one in USE_CASES}
        return {key: ruling.rule for key, ruling in rulings.items() if not ruling.allowed}


def read_standing(
    *,
    workspace_id: int,
    now: datetime,
    contact_id: int | None = None,
    browser_id: UUID | None = None,
    agent: str = ASSISTANT,
) -> Standing:
    """Reads the standing for `agent`, who is about to act; a single round trip to the database.

    Call it in the transaction of the act. Until that ends, a member who pulls a kill switch waits,
    so a switch that has been pulled is in force, and nobody else spends the contact's budget.
    """
    asked = {"workspace": workspace_id, "contact": contact_id}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK + _STANDING, {**asked, "day": now - DAY, "week": now - WEEK})
        cursor.nextset()
        text, levels, stopped, today, week = cursor.fetchone()
    return Standing(
        workspace_id=workspace_id,
        contact_id=contact_id,
        browser_id=browser_id,
        at=now,
        guardrails=guardrails_of(workspace_id, text),
        state=State(
            approved=msgspec.json.decode(levels, type=dict[str, Level]) if levels else {},
            stopped=frozenset(stopped or ()),
            agents={} if agent == ASSISTANT else read_agents(workspace_id),
            interruptions_today=today,
            interruptions_this_week=week,
        ),
    )


def read_levels(workspace_id: int) -> dict[str, Level]:
    """Maps each use case to the level that was approved last."""
    latest = (
        Approval.objects.filter(workspace_id=workspace_id)
        .order_by("use_case", "-pk")
        .distinct("use_case")
    )
    levels: Mapping[str, Level] = dict(latest.values_list("use_case", "level"))  # type: ignore[arg-type]
    return dict(levels)


def read_stopped(workspace_id: int) -> frozenset[str]:
    """Names of the kill switches that are pulled."""
    pulled = Stop.objects.filter(workspace_id=workspace_id, lifted_at=None)
    return frozenset(pulled.values_list("what", flat=True))


def is_stopped(workspace_id: int, use_case: str) -> bool:
    """Tells whether a kill switch stops the assistant under it; for acts that began earlier."""
    switches = {WORKSPACE, f"use_case:{use_case}", f"agent:{ASSISTANT}"}
    return bool(switches & read_stopped(workspace_id))


def read_agents(workspace_id: int) -> dict[str, tuple[str, ...]]:
    """Maps registered agents to the use cases that each may act under."""
    known = Agent.objects.filter(workspace_id=workspace_id, retired_at=None)
    return {key: tuple(cases) for key, cases in known.values_list("key", "use_cases")}

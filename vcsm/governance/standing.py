"""How things stand, read in the deciding transaction: what may be done to this contact now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from vcsm.accounts.models import Contact
from vcsm.governance.allow import ASSISTANT, WORKSPACE, Request, Ruling, State, allow
from vcsm.governance.autonomy import Level
from vcsm.governance.guardrails import Guardrails
from vcsm.governance.lists import guardrails_in_force
from vcsm.governance.models import Act, Agent, Approval, Stop
from vcsm.governance.use_cases import USE_CASES

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """One workspace, one contact (or none), one moment."""

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
        """Use case → the rule by which the assistant may not act under it alone; a fact."""
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
    """Call it in the transaction of the act; five short queries. `agent`: who will act.

    Until that transaction ends, whoever pulls a kill switch waits: a switch that has been pulled
    is in force. And nobody else spends the same contact's budget meanwhile.
    """
    _lock(workspace_id, contact_id)
    today, week = _interruptions(contact_id, now) if contact_id is not None else (0, 0)
    return Standing(
        workspace_id=workspace_id,
        contact_id=contact_id,
        browser_id=browser_id,
        at=now,
        guardrails=guardrails_in_force(workspace_id),
        state=State(
            approved=read_levels(workspace_id),
            stopped=read_stopped(workspace_id),
            agents={} if agent == ASSISTANT else read_agents(workspace_id),
            interruptions_today=today,
            interruptions_this_week=week,
        ),
    )


def read_levels(workspace_id: int) -> dict[str, Level]:
    """Use case → the level last approved."""
    latest = (
        Approval.objects.filter(workspace_id=workspace_id)
        .order_by("use_case", "-pk")
        .distinct("use_case")
    )
    levels: Mapping[str, Level] = dict(latest.values_list("use_case", "level"))  # type: ignore[arg-type]
    return dict(levels)


def read_stopped(workspace_id: int) -> frozenset[str]:
    """The kill switches that are pulled."""
    pulled = Stop.objects.filter(workspace_id=workspace_id, lifted_at=None)
    return frozenset(pulled.values_list("what", flat=True))


def is_stopped(workspace_id: int, use_case: str) -> bool:
    """Whether a kill switch stops the assistant's acts under it; for what was begun before."""
    switches = {WORKSPACE, f"use_case:{use_case}", f"agent:{ASSISTANT}"}
    return bool(switches & read_stopped(workspace_id))


def read_agents(workspace_id: int) -> dict[str, tuple[str, ...]]:
    """Registered agents → the use cases each may act under."""
    known = Agent.objects.filter(workspace_id=workspace_id, retired_at=None)
    return {key: tuple(cases) for key, cases in known.values_list("key", "use_cases")}


def _lock(workspace_id: int, contact_id: int | None) -> None:
    """Shared with other acts, exclusive with `switches`: a wait of one running decision at most."""
    sql, ids = "SELECT pg_advisory_xact_lock_shared(hashtext('acts'), %s)", [workspace_id]
    if contact_id is not None:
        sql, ids = f"{sql}, pg_advisory_xact_lock(hashtext('budget'), %s)", [*ids, contact_id]
    with connection.cursor() as cursor:
        cursor.execute(sql, ids)


def _interruptions(contact_id: int, now: datetime) -> tuple[int, int]:
    """In the last day and week, in all browsers of the contact, also before they were named."""
    unnamed = Contact.objects.filter(external_id=None).values("pk")
    theirs = Q(contact_id=contact_id) | Q(browser__contact_id=contact_id, contact__in=unnamed)
    counted: dict[str, int] = Act.objects.filter(
        theirs, interrupts=True, at__gt=now - WEEK
    ).aggregate(today=Count("pk", filter=Q(at__gt=now - DAY)), week=Count("pk"))
    return counted["today"], counted["week"]

"""The list of accounts: filtered and sorted, each with its health and trend."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from vcsm.accounts.models import Account
from vcsm.console.accounts.health import FORTNIGHT, healths_of
from vcsm.escalation.models import Escalation
from vcsm.success.health import Health, trend_of

MOST = 200
"""The most rows that are sent at once."""
ORDERS = ("health", "name", "revenue", "renewal", "open", "owner", "plan")
WORDS = ("good", "fair", "poor", "unknown")
TRENDS = ("rising", "steady", "falling", "unknown")


@dataclass(frozen=True, slots=True)
class AccountLine:
    account: Account
    health: Health
    trend: str
    open_escalations: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters and the order in the address; an empty filter lets all accounts pass."""

    find: str = ""
    owner: int | None = None
    """A member's id; 0: accounts without an owner."""
    plan: str = ""
    health: str = ""
    trend: str = ""
    renews_within: int | None = None
    """Days from today."""
    open: bool = False
    """Only those with an open escalation."""
    order: str = "health"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class AccountList:
    lines: list[AccountLine]
    found: int
    """How many accounts fit the filters; `lines` holds at most `MOST` of them."""
    total: int
    """How many accounts the workspace has."""


def list_accounts(*, workspace_id: int, asked: Asked, now: datetime) -> AccountList:
    """Returns the accounts that were asked for; the number of queries does not grow with them."""
    accounts = Account.objects.filter(workspace_id=workspace_id)
    total = accounts.count()
    rows = list(_chosen(accounts, asked, now.date()).select_related("owner"))
    ids = [row.pk for row in rows]
    healths = healths_of(ids, workspace_id=workspace_id, at=now)
    before = healths_of(ids, workspace_id=workspace_id, at=now - FORTNIGHT)
    calls = _open_calls(workspace_id)
    people = dict(Account.objects.filter(pk__in=ids).values_list("pk").annotate(Count("contact")))
    lines = [
        AccountLine(
            account=row,
            health=healths[row.pk],
            trend=trend_of(healths[row.pk], before[row.pk]),
            open_escalations=calls.get(row.pk, 0),
            contacts=people.get(row.pk, 0),
        )
        for row in rows
    ]
    kept = [line for line in lines if _fits(line, asked)]
    return AccountList(_sorted(kept, asked)[:MOST], len(kept), total)


def _chosen(accounts: Any, asked: Asked, today: date) -> Any:
    for word in asked.find.split()[:6]:
        accounts = accounts.filter(
            Q(name__icontains=word) | Q(external_id__icontains=word) | Q(plan__icontains=word)
        )
    if asked.owner is not None:
        accounts = accounts.filter(owner_id=asked.owner or None)
    if asked.plan:
        accounts = accounts.filter(plan=asked.plan)
    if asked.renews_within is not None:
        until = today + timedelta(days=asked.renews_within)
        accounts = accounts.filter(renews_on__gte=today, renews_on__lte=until)
    return accounts


def _open_calls(workspace_id: int) -> dict[int, int]:
    rows = Escalation.objects.filter(workspace_id=workspace_id, account__isnull=False)
    rows = rows.exclude(state=Escalation.State.RESOLVED)
    return dict(rows.values_list("account").annotate(Count("pk")).order_by())


def _fits(line: AccountLine, asked: Asked) -> bool:
    return (
        (not asked.health or line.health.word == asked.health)
        and (not asked.trend or line.trend == asked.trend)
        and (not asked.open or line.open_escalations > 0)
    )


_KEYS: dict[str, Callable[[AccountLine], Any]] = {
    "health": lambda line: line.health.score,
    "name": lambda line: line.account.name.casefold(),
    "revenue": lambda line: line.account.annual_revenue,
    "renewal": lambda line: line.account.renews_on,
    "open": lambda line: line.open_escalations,
    "owner": lambda line: line.account.owner.name.casefold() if line.account.owner else None,
    "plan": lambda line: line.account.plan.casefold() or None,
}


def _sorted(lines: list[AccountLine], asked: Asked) -> list[AccountLine]:
    """Sorts the lines; those whose value is unknown come last in either direction."""
    key = _KEYS[asked.order]
    steady = sorted(lines, key=lambda line: (line.account.name.casefold(), line.account.pk))
    known = [line for line in steady if key(line) is not None]
    unknown = [line for line in steady if key(line) is None]
    return sorted(known, key=key, reverse=asked.descending) + unknown

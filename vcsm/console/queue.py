"""The queue: which escalations are shown, in which order, in pieces."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, FloatField, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from vcsm.accounts.models import Member
from vcsm.escalation.assign import URGENT
from vcsm.escalation.models import Escalation, Merge, merged_now

STATES = ("active", "open", "taken", "mine", "snoozed", "resolved")
ORDERS = ("value", "newest", "due")
AGES = {
    "15m": timedelta(minutes=15),
    "1h": timedelta(hours=1),
    "4h": timedelta(hours=4),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
}
NOT_WORKED_OUT = -1e15
"""Stands for a missing value, so that escalations without one come after all that have one."""
EXPECTED = Coalesce(
    Cast(KT("worth__value"), FloatField()), Value(NOT_WORKED_OUT), output_field=FloatField()
)
"""The expected value of a human's minutes, from the latest decision (`escalation.worth`)."""
BY_VALUE = ("-value", "-score", "-opened_at", "pk")


@dataclass(frozen=True, slots=True)
class QueueAsked:
    """The filters and the order in the address; an empty one or None lets all escalations pass."""

    state: str = "active"
    order: str = "value"
    reasons: tuple[str, ...] = ()
    owner: str = ""
    """A member's id, `me` or `none`."""
    account: int | None = None
    find: str = ""
    """Words, each of which must occur in the contact's name or e-mail, the account's or element's
    name, or the summary."""
    older: str = ""
    newer: str = ""
    """Each one of `AGES`: opened at least so long ago (`older`), or more recently (`newer`)."""
    value: float | None = None
    """The least expected value, in the workspace's currency."""
    always: bool = False
    """Only what must reach a human: the contact asked for one, or the matter always needs one."""
    after: UUID | None = None
    """The last row of the previous piece."""
    ids: tuple[UUID, ...] = field(default=())
    """Only these, in any state: those that changed while the page was open."""


def read_rows(
    member: Member, asked: QueueAsked, *, now: datetime, limit: int
) -> tuple[list[Escalation], bool]:
    """Returns at most `limit` rows with their related rows, and whether more come after them."""
    rows = _ordered(_rows(member, asked, now), asked.order)
    if asked.after is not None:
        rows = rows.filter(_behind(asked.after, asked.order, member.workspace_id))
    found = list(rows[: limit + 1])
    return found[:limit], len(found) > limit


def count_states(member: Member) -> dict[str, int]:
    """Returns how many escalations each of `STATES` has: `active` is all not resolved, `mine` the
    member's own of these; snoozed ones count only as `snoozed`, merged ones not at all."""
    everything = Escalation.objects.filter(workspace_id=member.workspace_id)
    live = ~Q(state=Escalation.State.RESOLVED)
    seen = Q(snoozed_until=None)
    counts: dict[str, int] = everything.exclude(pk__in=merged_now()).aggregate(
        active=Count("pk", filter=live & seen),
        open=Count("pk", filter=seen & Q(state="open")),
        taken=Count("pk", filter=seen & Q(state="taken")),
        resolved=Count("pk", filter=seen & Q(state="resolved")),
        mine=Count("pk", filter=live & seen & Q(owner=member)),
        snoozed=Count("pk", filter=~seen),
    )
    return counts


def merged_into(rows: list[Escalation]) -> dict[UUID, UUID]:
    """Returns, for those rows that are merged into another escalation, the id of that one."""
    running = Merge.objects.filter(escalation__in=rows, ended_at=None).filter(
        escalation__in=merged_now()
    )
    return dict(running.values_list("escalation_id", "into_id"))


def _rows(member: Member, asked: QueueAsked, now: datetime) -> "QuerySet[Escalation]":
    rows = Escalation.objects.filter(workspace_id=member.workspace_id).select_related(
        "contact", "account__owner", "owner", "intent__intent"
    )
    if asked.ids:
        return rows.filter(pk__in=asked.ids)
    rows = rows.filter(_in_state(asked.state, member)).exclude(pk__in=merged_now())
    return rows.filter(_wanted(asked, member, now))


def _in_state(state: str, member: Member) -> Q:
    if state == "snoozed":
        return Q(snoozed_until__isnull=False)
    seen = Q(snoozed_until=None)
    if state == "active":
        return seen & ~Q(state=Escalation.State.RESOLVED)
    if state == "mine":
        return seen & Q(owner=member) & ~Q(state=Escalation.State.RESOLVED)
    return seen & Q(state=state)


def _wanted(asked: QueueAsked, member: Member, now: datetime) -> Q:
    wanted = Q()
    if asked.reasons:
        wanted &= Q(reason__in=asked.reasons)
    if asked.always:
        wanted &= Q(reason__in=URGENT)
    if asked.owner:
        me = {"me": Q(owner=member), "none": Q(owner=None)}
        wanted &= me.get(asked.owner) or Q(owner_id=int(asked.owner))
    if asked.account is not None:
        wanted &= Q(account_id=asked.account)
    if asked.older:
        wanted &= Q(opened_at__lte=now - AGES[asked.older])
    if asked.newer:
        wanted &= Q(opened_at__gt=now - AGES[asked.newer])
    if asked.value is not None:
        wanted &= Q(worth__value__gte=asked.value)
    for word in asked.find.split():
        wanted &= (
            Q(contact__name__icontains=word)
            | Q(contact__email__icontains=word)
            | Q(account__name__icontains=word)
            | Q(element_name__icontains=word)
            | Q(summary__icontains=word)
        )
    return wanted


def _ordered(rows: "QuerySet[Escalation]", order: str) -> "QuerySet[Escalation]":
    if order == "newest":
        return rows.order_by("-opened_at", "pk")
    if order == "due":
        return rows.order_by("due_at", "pk")
    return rows.annotate(value=EXPECTED).order_by(*BY_VALUE)


def _behind(last_id: UUID, order: str, workspace_id: int) -> Q:
    """Returns the filter for rows after this one; it compares keys, so newcomers shift nothing."""
    last: Any = (
        Escalation.objects.filter(pk=last_id, workspace_id=workspace_id)
        .annotate(value=EXPECTED)
        .values("value", "score", "opened_at", "due_at", "pk")
        .first()
    )
    if last is None:
        return Q()
    keys = {"newest": ("-opened_at", "pk"), "due": ("due_at", "pk")}
    behind, same = Q(pk__in=[]), Q()
    for key in keys.get(order, BY_VALUE):
        name = key.lstrip("-")
        further = f"{name}__{'lt' if key.startswith('-') else 'gt'}"
        behind |= same & Q(**{further: last[name]})
        same &= Q(**{name: last[name]})
    return behind

"""Counts the signs by which an account's health is judged, as they stood at a given moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum

from vcsm.accounts.models import Contact
from vcsm.conversations.models import Rating
from vcsm.escalation.models import Escalation
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.success.health import Health, Signs, judge_health
from vcsm.success.models import ChecklistDone, ChecklistItem, Promise

FORTNIGHT = timedelta(days=14)
QUARTER = timedelta(days=90)


def healths_of(account_ids: Sequence[int], *, workspace_id: int, at: datetime) -> dict[int, Health]:
    """Returns the health of each account at `at`, in at most eight queries for any number of them.

    Every id is in the result; the score is None where too little is known.
    """
    signs = count_signs(account_ids, workspace_id=workspace_id, at=at)
    return {account_id: judge_health(one) for account_id, one in signs.items()}


def count_signs(account_ids: Sequence[int], *, workspace_id: int, at: datetime) -> dict[int, Signs]:
    """Returns what was counted for each account up to `at`; all zero where there is nothing."""
    found = dict.fromkeys(account_ids, Signs())
    for rows in (
        _visits(account_ids, at),
        _severity(account_ids, at),
        _calls(account_ids, at),
        _promises(account_ids, at),
        _ratings(account_ids, at),
        _first_steps(account_ids, workspace_id, at),
    ):
        for account_id, counted in rows.items():
            found[account_id] = replace(found[account_id], **counted)
    return found


Counted = dict[int, dict[str, Any]]


def _visits(ids: Iterable[int], at: datetime) -> Counted:
    recent = Q(started_at__gt=at - FORTNIGHT)
    rows = Session.objects.filter(
        contact__account__in=ids, started_at__lte=at, started_at__gt=at - 2 * FORTNIGHT
    )
    return _by_account(
        rows.values(account=F("contact__account")).annotate(
            visits=Count("pk", filter=recent), visits_before=Count("pk", filter=~recent)
        )
    )


def _severity(ids: Iterable[int], at: datetime) -> Counted:
    rows = FrictionSignal.objects.filter(
        contact__account__in=ids,
        last_at__lte=at,
        last_at__gt=at - FORTNIGHT,
        retracted_at=None,
    )
    return _by_account(
        rows.values(account=F("contact__account")).annotate(severity=Sum("severity"))
    )


def _calls(ids: Iterable[int], at: datetime) -> Counted:
    stands = Q(resolved_at=None) | Q(resolved_at__gt=at)
    rows = Escalation.objects.filter(stands | Q(opened_at__gt=at - FORTNIGHT))
    rows = rows.filter(account__in=ids, opened_at__lte=at)
    return _by_account(
        rows.values("account").annotate(
            calls_open=Count("pk", filter=stands),
            calls=Count("pk", filter=Q(opened_at__gt=at - FORTNIGHT)),
        )
    )


def _promises(ids: Iterable[int], at: datetime) -> Counted:
    open_then = Q(settled_at=None) | Q(settled_at__gt=at)
    withdrawn = ~open_then & Q(state=Promise.State.WITHDRAWN)
    rows = Promise.objects.filter(open_then | Q(settled_at__gt=at - QUARTER))
    rows = rows.filter(contact__account__in=ids, made_at__lte=at)
    return _by_account(
        rows.values(account=F("contact__account")).annotate(
            promises=Count("pk"),
            promises_late=Count("pk", filter=withdrawn | (open_then & Q(due_at__lt=at))),
        )
    )


def _ratings(ids: Iterable[int], at: datetime) -> Counted:
    rows = Rating.objects.filter(
        conversation__contact__account__in=ids, at__lte=at, at__gt=at - QUARTER
    )
    return _by_account(
        rows.values(account=F("conversation__contact__account")).annotate(
            ratings=Count("pk"), rating_sum=Sum("score")
        )
    )


def _first_steps(ids: Iterable[int], workspace_id: int, at: datetime) -> Counted:
    items = ChecklistItem.objects.filter(workspace_id=workspace_id).count()
    if not items:
        return {}
    people = Contact.objects.filter(account__in=ids, created_at__lte=at)
    rows = people.values("account").annotate(people=Count("pk"))
    done = dict(
        ChecklistDone.objects.filter(contact__account__in=ids, at__lte=at)
        .values_list("contact__account")
        .annotate(Count("pk"))
    )
    return {
        row["account"]: {
            "steps": items * row["people"],
            "steps_done": done.get(row["account"], 0),
        }
        for row in rows
    }


def _by_account(rows: Iterable[Mapping[str, Any]]) -> Counted:
    return {
        row["account"]: {name: value for name, value in row.items() if name != "account"}
        for row in rows
    }

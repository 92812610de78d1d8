"""An account's plan: its goal and the steps towards it, ours and theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vcsm.accounts.models import Account, Contact
from vcsm.success.broadcast import home_changed
from vcsm.success.models import Plan, PlanStep


@dataclass(frozen=True, slots=True)
class PlannedStep:
    title: str
    whose: str
    """`ours` or `theirs`."""
    due_on: date | None = None


@transaction.atomic
def agree_plan(*, account: Account, goal: str, steps: Sequence[PlannedStep], now: datetime) -> Plan:
    """Replaces the account's plan; steps that keep their title stay done if they were."""
    plan, _ = Plan.objects.update_or_create(
        account=account, defaults={"goal": goal, "updated_at": now}
    )
    done = {step.title: step for step in plan.steps.exclude(done_at=None)}
    plan.steps.all().delete()
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=plan,
            position=position,
            title=step.title,
            whose=step.whose,
            due_on=step.due_on,
            done_at=done[step.title].done_at if step.title in done else None,
            done_by=done[step.title].done_by if step.title in done else "",
        )
        for position, step in enumerate(steps)
    )
    _tell(account.pk)
    return plan


def plan_of(account_id: int | None) -> Plan | None:
    if account_id is None:
        return None
    return Plan.objects.prefetch_related("steps").filter(account_id=account_id).first()


def tick_step(
    *, account_id: int, step_id: int, whose: str, done: bool, by: str, now: datetime
) -> bool:
    """Ticks or unticks a step for the side (`whose`) that it belongs to; `by` says who did.

    False: that side has no such step, or it was in that state already.
    """
    changed = PlanStep.objects.filter(
        pk=step_id, plan__account_id=account_id, whose=whose, done_at__isnull=done
    ).update(done_at=now if done else None, done_by=by[:220] if done else "")
    if changed:
        _tell(account_id)
    return bool(changed)


def _tell(account_id: int) -> None:
    for contact_id in Contact.objects.filter(account_id=account_id).values_list("pk", flat=True):
        home_changed(contact_id)

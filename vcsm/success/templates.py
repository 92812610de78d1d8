"""Plan templates: what an account's plan usually looks like, to be agreed with one click."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from vcsm.accounts.models import Account
from vcsm.success.models import Plan, PlanStep, PlanTemplate
from vcsm.success.plan import PlannedStep, agree_plan

MOST, MOST_STEPS = 20, 30


@dataclass(frozen=True, slots=True)
class DraftStep:
    title: str
    whose: str
    """`ours` or `theirs`."""
    after_days: int | None = None
    """Due this many days after the plan is agreed; None: no due date."""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    name: str
    goal: str
    steps: tuple[DraftStep, ...]


@transaction.atomic
def replace_templates(*, workspace_id: int, drafts: Sequence[PlanDraft]) -> None:
    """Replaces all templates of the workspace.

    Raises ValueError, with a sentence, for too many, a name used twice, or an invalid template.
    """
    if len(drafts) > MOST:
        raise ValueError(f"At most {MOST} templates.")
    names = [draft.name.strip().casefold() for draft in drafts]
    if len(set(names)) != len(names):
        raise ValueError("Two templates have the same name.")
    for draft in drafts:
        _check(draft)
    PlanTemplate.objects.filter(workspace_id=workspace_id).delete()
    PlanTemplate.objects.bulk_create(
        PlanTemplate(
            workspace_id=workspace_id,
            name=draft.name.strip(),
            goal=draft.goal.strip(),
            steps=[
                {"title": one.title.strip(), "whose": one.whose, "after_days": one.after_days}
                for one in draft.steps
            ],
        )
        for draft in drafts
    )


def agree_from_template(*, account: Account, template_id: int, now: datetime) -> Plan:
    """Makes the account's plan from a template; its due dates count from today.

    Raises PlanTemplate.DoesNotExist if the template is another workspace's.
    """
    template = PlanTemplate.objects.get(pk=template_id, workspace_id=account.workspace_id)
    steps = [
        PlannedStep(
            title=step["title"],
            whose=step["whose"],
            due_on=None
            if step["after_days"] is None
            else now.date() + timedelta(days=step["after_days"]),
        )
        for step in template.steps
    ]
    return agree_plan(account=account, goal=template.goal, steps=steps, now=now)


def _check(draft: PlanDraft) -> None:
    if not draft.name.strip() or not draft.goal.strip():
        raise ValueError("Every template needs a name and a goal.")
    if not draft.steps or len(draft.steps) > MOST_STEPS:
        raise ValueError(f"{draft.name!r}: between one and {MOST_STEPS} steps.")
    for step in draft.steps:
        if not step.title.strip():
            raise ValueError(f"{draft.name!r}: every step needs a title.")
        if step.whose not in PlanStep.Whose.values:
            raise ValueError(f"{draft.name!r}: a step is ours or theirs.")
        if step.after_days is not None and not 0 <= step.after_days <= 3_650:
            raise ValueError(f"{draft.name!r}: a step is due within ten years.")

"""A workspace's first steps as its leads write them; `checklist` shows them to contacts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from vcsm.success.models import ChecklistItem

MOST = 20
_ASIDE = 1_000
"""Positions are unique, so the old ones are moved aside while the new ones are given out."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    title: str
    detail: str = ""
    page: str = ""
    """The page of the product where it is done."""
    done_by_page: str = ""
    """A path whose visit shows the step done."""
    done_by_track: str = ""
    """A tracked event that shows it done. If both are empty, the contact ticks the step."""
    id: int | None = None
    """Id of the step that it changes; None for a new one."""


@transaction.atomic
def replace_first_steps(*, workspace_id: int, steps: Sequence[FirstStep]) -> None:
    """Replaces all first steps of the workspace, in this order.

    Raises ValueError for more than `MOST`, and for a step without a title, with two ways to be
    done, or with the id of another.
    """
    if len(steps) > MOST:
        raise ValueError(f"At most {MOST} first steps: nobody works through more.")
    for step in steps:
        if not step.title.strip():
            raise ValueError("Every first step needs a title.")
        if step.done_by_page and step.done_by_track:
            raise ValueError(f"{step.title!r}: a page or an event shows it done, not both.")
    there = ChecklistItem.objects.select_for_update().filter(workspace_id=workspace_id)
    known = {item.pk: item for item in there}
    kept = [step.id for step in steps if step.id in known]
    if len(kept) != len(set(kept)):
        raise ValueError("A step stands there twice.")
    there.exclude(pk__in=kept).delete()
    there.update(position=F("position") + _ASIDE)
    for position, step in enumerate(steps):
        item = known.get(step.id or 0) or ChecklistItem(workspace_id=workspace_id)
        item.position = position
        item.title = step.title.strip()
        item.detail = step.detail
        item.page = step.page
        item.done_when = _done_when(step)
        item.save()


def _done_when(step: FirstStep) -> dict[str, str]:
    if step.done_by_track:
        return {"track": step.done_by_track}
    return {"page": step.done_by_page} if step.done_by_page else {}

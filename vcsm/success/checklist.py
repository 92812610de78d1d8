"""A contact's first steps: some are shown done by the product's events, others are ticked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vcsm.accounts.models import Contact
from vcsm.events.models import Event, Session
from vcsm.success.broadcast import home_changed
from vcsm.success.models import ChecklistDone, ChecklistItem

SESSIONS = 50
"""How many of the contact's latest visits are searched for events that show a step done."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the contact sees it; `theirs` means that they tick it, as no event shows it."""

    id: int
    title: str
    detail: str
    page: str
    done: bool
    theirs: bool


def checklist_of(contact: Contact, *, now: datetime) -> list[Step]:
    """Returns the steps after storing which ones events show done; those stay done."""
    items = list(
        ChecklistItem.objects.filter(workspace_id=contact.workspace_id).order_by("position")
    )
    done = set(
        ChecklistDone.objects.filter(contact=contact, item__in=items).values_list(
            "item_id", flat=True
        )
    )
    seen = _seen(contact, [item for item in items if item.done_when and item.pk not in done])
    ChecklistDone.objects.bulk_create(
        [ChecklistDone(item=item, contact=contact, at=now, seen=True) for item in seen],
        ignore_conflicts=True,
    )
    done |= {item.pk for item in seen}
    return [
        Step(
            id=item.pk,
            title=item.title,
            detail=item.detail,
            page=item.page,
            done=item.pk in done,
            theirs=not item.done_when,
        )
        for item in items
    ]


def tick_item(*, contact: Contact, item_id: int, done: bool, now: datetime) -> bool:
    """Stores that the contact ticked or unticked the item; False if it is not theirs to tick."""
    item = ChecklistItem.objects.filter(pk=item_id, workspace_id=contact.workspace_id).first()
    if item is None or item.done_when:
        return False
    if done:
        ChecklistDone.objects.get_or_create(
            item=item, contact=contact, defaults={"at": now, "seen": False}
        )
    else:
        ChecklistDone.objects.filter(item=item, contact=contact).delete()
    home_changed(contact.pk)
    return True


def _seen(contact: Contact, items: list[ChecklistItem]) -> list[ChecklistItem]:
    if not items:
        return []
    sessions = list(
        Session.objects.filter(contact=contact)
        .order_by("-started_at")
        .values_list("pk", flat=True)[:SESSIONS]
    )
    events = Event.objects.filter(session_id__in=sessions)
    return [item for item in items if _shown(item.done_when, events)]


def _shown(done_when: dict[str, str], events: QuerySet[Event]) -> bool:
    if "track" in done_when:
        return events.filter(kind="track", body__name=done_when["track"]).exists()
    return events.filter(kind="page", page=done_when.get("page", "")).exists()

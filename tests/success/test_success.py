"""Promises, checklist, plan, people and corrections, by their rules."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import TestCase

from tests.cast import NOON, Cast
from vcsm.accounts.models import Contact
from vcsm.success.checklist import checklist_of, tick_item
from vcsm.success.corrections import correct, corrected_subjects
from vcsm.success.models import ChecklistItem, OfficeHours, Presence
from vcsm.success.people import next_opening, note_present, person_of
from vcsm.success.plan import PlannedStep, agree_plan, plan_of, tick_step
from vcsm.success.promises import make_promise, promises_to, settle_promise


def hour(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_it_works(cast: Cast) -> None:
    later = make_promise(
        contact=cast.vera, member=cast.alice, text="Call you back", due_at=None, now=NOON
    )
    soon = make_promise(
        contact=cast.vera,
        member=cast.alice,
        text="Raise the limit",
        due_at=NOON + timedelta(days=1),
        now=NOON,
    )
    assert promises_to(cast.vera.pk, now=NOON) == [soon, later]
    kept = settle_promise(promise_id=soon.pk, workspace_id=cast.acme.pk, state="kept", now=NOON)
    assert kept is not None and kept.state == "kept"
    assert promises_to(cast.vera.pk, now=NOON) == [later, soon]
    assert promises_to(cast.vera.pk, now=NOON + timedelta(days=31)) == [later]


def test_a_settled_promise_stays_as_it_was(cast: Cast) -> None:
    promise = make_promise(contact=cast.vera, member=cast.alice, text="x", due_at=None, now=NOON)
    for state in ("kept", "withdrawn"):
        settle_promise(
            promise_id=promise.pk,
            workspace_id=cast.acme.pk,
            state=state,
            now=NOON,  # type: ignore[arg-type]
        )
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_another_workspace_settles_nothing(cast: Cast) -> None:
    promise = make_promise(contact=cast.vera, member=cast.alice, text="x", due_at=None, now=NOON)
    for promise_id in (promise.pk, uuid4()):
        assert (
            settle_promise(
                promise_id=promise_id, workspace_id=cast.globex.pk, state="kept", now=NOON
            )
            is None
        )


def happened(cast: Cast, contact: Contact, **event: object) -> None:
    session = cast.session(contact)
    row = {"kind": "page", "page": "/", "body": "{}", **event}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('events_event')")
        cursor.execute(
            "INSERT INTO events_event (session_id, sequence, position, workspace_id, kind, at, "
            "received_at, page, body) VALUES (%s, 1, 0, %s, %s, now(), now(), %s, %s)",
            [session.pk, cast.acme.pk, row["kind"], row["page"], row["body"]],
        )


def item(cast: Cast, position: int, **more: object) -> ChecklistItem:
    return ChecklistItem.objects.create(
        workspace=cast.acme, position=position, title=f"Step {position}", **more
    )


def test_a_step_is_done_when_the_product_shows_it(cast: Cast) -> None:
    item(cast, 1, done_when={"track": "payee_added"})
    item(cast, 2, done_when={"page": "/limits"})
    assert [step.done for step in checklist_of(cast.vera, now=NOON)] == [False, False]
    happened(cast, cast.vera, kind="track", body='{"name": "payee_added"}')
    assert [step.done for step in checklist_of(cast.vera, now=NOON)] == [True, False]
    omar = Contact.objects.create(workspace=cast.acme, external_id="omar")
    happened(cast, omar, page="/limits")
    assert [step.done for step in checklist_of(cast.vera, now=NOON)] == [True, False]


def test_a_contact_ticks_what_no_event_shows_and_nothing_else(cast: Cast) -> None:
    theirs, shown = item(cast, 1), item(cast, 2, done_when={"page": "/limits"})
    assert tick_item(contact=cast.vera, item_id=theirs.pk, done=True, now=NOON)
    assert not tick_item(contact=cast.vera, item_id=shown.pk, done=True, now=NOON)
    stranger = Contact.objects.create(workspace=cast.globex, external_id="x")
    assert not tick_item(contact=stranger, item_id=theirs.pk, done=True, now=NOON)
    assert [step.done for step in checklist_of(cast.vera, now=NOON)] == [True, False]
    assert tick_item(contact=cast.vera, item_id=theirs.pk, done=False, now=NOON)
    assert [step.done for step in checklist_of(cast.vera, now=NOON)] == [False, False]


def test_a_plan_agreed_again_keeps_what_is_done(cast: Cast) -> None:
    steps = [PlannedStep("Import payees", "theirs", date(2026, 7, 1)), PlannedStep("Train", "ours")]
    agree_plan(account=cast.kestrel, goal="Pay in a day", steps=steps, now=NOON)
    plan = plan_of(cast.kestrel.pk)
    assert plan is not None and plan.goal == "Pay in a day"
    first, second = plan.steps.order_by("position")
    done = {"account_id": cast.kestrel.pk, "done": True, "by": "contact:1 Vera", "now": NOON}
    assert tick_step(step_id=first.pk, whose="theirs", **done)
    assert not tick_step(step_id=second.pk, whose="theirs", **done)
    agree_plan(account=cast.kestrel, goal="Pay at once", steps=steps[::-1], now=NOON)
    again = plan_of(cast.kestrel.pk)
    assert again is not None
    assert [(step.title, bool(step.done_at)) for step in again.steps.order_by("position")] == [
        ("Train", False),
        ("Import payees", True),
    ]
    assert plan_of(None) is None


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-06-01T08:00", "2026-06-01T07:00"),  # a Monday, open: now itself, see below
        ("2026-06-01T06:00", "2026-06-01T07:00"),
        ("2026-06-01T15:00", "2026-06-02T07:00"),
        ("2026-06-05T20:00", "2026-06-08T07:00"),  # Friday evening to Monday
        ("2026-10-25T12:00", "2026-10-26T08:00"),  # winter time has begun
    ],
)
def test_hours_are_the_members_own_clock(cast: Cast, now: str, opens: str) -> None:
    hours = OfficeHours(
        member=cast.alice,
        zone="Europe/Stockholm",
        weekdays=[0, 1, 2, 3, 4],
        opens=time(9),
        closes=time(17),
    )
    assert next_opening(hours, hour(now)) == max(hour(now), hour(opens))


def test_hours_over_midnight_and_none_at_all(cast: Cast) -> None:
    night = OfficeHours(member=cast.alice, weekdays=[0], opens=time(22), closes=time(6))
    assert next_opening(night, hour("2026-06-02T03:00")) == hour("2026-06-02T03:00")
    assert next_opening(night, hour("2026-06-02T07:00")) == hour("2026-06-08T22:00")
    night.weekdays = []
    assert next_opening(night, NOON) is None


def test_a_person_is_there_while_their_console_is_open(cast: Cast) -> None:
    OfficeHours.objects.create(
        member=cast.alice, weekdays=[0, 1, 2, 3, 4], opens=time(9), closes=time(17)
    )
    assert person_of(None, now=NOON) is None
    note_present(cast.alice.pk, now=NOON)
    note_present(cast.alice.pk, now=NOON)
    there = person_of(cast.alice, now=NOON + timedelta(seconds=60))
    gone = person_of(cast.alice, now=NOON + timedelta(hours=9))
    assert there is not None and there.present and there.next_at is None
    assert gone is not None and not gone.present
    assert gone.next_at == NOON + timedelta(hours=21)
    assert Presence.objects.count() == 1


def test_a_correction_is_kept_once_and_told_to_the_contacts_pages(cast: Cast) -> None:
    cast.session()
    with TestCase.captureOnCommitCallbacks() as told:
        correct(contact=cast.vera, subject="friction:1", said="no", now=NOON)
    correct(contact=cast.vera, subject="friction:1", said="really not", now=NOON)
    assert len(told) == 1
    assert corrected_subjects(cast.vera.pk) == {"friction:1"}

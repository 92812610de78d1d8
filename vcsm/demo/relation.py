"""What Northbank has agreed with its customers.

First steps, Kestrel Coffee's plan, a promise to Vera, and Alice's hours. They are made once, and
left alone where somebody has changed them since.
"""

from datetime import UTC, datetime, time, timedelta

from vcsm.accounts.models import Contact, Member, Workspace
from vcsm.demo.northbank import VERA
from vcsm.setup.help import HoursGiven, set_first_steps, set_hours
from vcsm.success.first_steps import FirstStep
from vcsm.success.models import ChecklistItem, Plan
from vcsm.success.plan import PlannedStep, agree_plan
from vcsm.success.promises import make_promise

FIRST_STEPS = (
    FirstStep(
        "Look at your first statement", page="/demo/statements", done_by_page="/demo/statements"
    ),
    FirstStep("Order a card for a colleague", page="/demo/cards", done_by_page="/demo/cards"),
    FirstStep("Tell your accountant where to log in", detail="They get a seat of their own, free"),
)
HOURS = HoursGiven("Europe/Berlin", (0, 1, 2, 3, 4), time(9), time(17))


def seed_relation(workspace: Workspace) -> None:
    if ChecklistItem.objects.filter(workspace=workspace).exists():
        return
    now = datetime.now(UTC)
    alice = Member.objects.get(
        workspace=workspace, user__username=f"alice@{workspace.slug}.example"
    )
    bob = Member.objects.get(workspace=workspace, user__username=f"bob@{workspace.slug}.example")
    set_first_steps(by=bob, steps=FIRST_STEPS, now=now)
    set_hours(by=alice, member_id=alice.pk, hours=HOURS, now=now)
    vera = Contact.objects.select_related("account").get(workspace=workspace, external_id=VERA)
    if vera.account is None or Plan.objects.filter(account=vera.account).exists():
        return
    agree_plan(
        account=vera.account,
        goal="The books are closed by the fifth of every month",
        steps=[
            PlannedStep("Give your accountant a seat", "theirs", (now + timedelta(days=9)).date()),
            PlannedStep("Set up the monthly statement by e-mail with you", "ours"),
        ],
        now=now,
    )
    make_promise(
        contact=vera,
        member=alice,
        text="Send you the list of fees as a spreadsheet",
        due_at=(now + timedelta(days=2)).replace(hour=16, minute=0, second=0, microsecond=0),
        now=now,
    )

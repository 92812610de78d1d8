"""A contact who has a history with us: everything the panel's first page can show."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from tests.browser.host_page import server_side
from tests.cast import Cast
from vcsm.conversations.models import Conversation, Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.escalation.models import Decision, Escalation
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.success.models import ChecklistItem
from vcsm.success.people import note_present
from vcsm.success.plan import PlannedStep, agree_plan
from vcsm.success.promises import make_promise, settle_promise

LAUNCHER, PANEL, COMPOSER = "[data-vcsm=launcher]", "[data-vcsm=panel]", "[data-vcsm=composer]"
READY = "new Promise((done) => vcsm('on', 'ready', done))"


def now() -> datetime:
    return datetime.now(UTC)


def session_of(cast: Cast) -> Session:
    return Session.objects.filter(workspace=cast.acme).latest("started_at")


def thread_of(cast: Cast) -> Conversation:
    return conversation_of(session_of(cast))


def write(conversation: Conversation, text: str, cast: Cast | None = None) -> None:
    """Posts a message from the assistant, or from Alice when a cast is given."""
    author = Message.Author.MEMBER if cast else Message.Author.ASSISTANT
    member = cast.alice if cast else None
    server_side(
        lambda: post_message(
            conversation=conversation, author=author, member=member, text=text, now=now()
        )
    )


def open_panel(page: Page) -> None:
    page.locator(LAUNCHER).click()
    page.locator(PANEL).wait_for()


def make_history(cast: Cast) -> None:
    """Gives Vera, who has said hello, a history that fills every card of the first page."""
    session = session_of(cast)
    day = timedelta(days=1)
    note_present(cast.alice.pk, now=now())
    raised = make_promise(
        contact=cast.vera,
        member=cast.alice,
        text="Raise your transfer limit to 50,000",
        due_at=now() - day,
        now=now() - 3 * day,
    )
    settle_promise(promise_id=raised.pk, workspace_id=cast.acme.pk, state="kept", now=now())
    make_promise(
        contact=cast.vera,
        member=cast.alice,
        text="Send you the import template",
        due_at=now() + day,
        now=now(),
    )
    for position, title in enumerate(("Invite a colleague", "Pay your first invoice")):
        ChecklistItem.objects.create(
            workspace=cast.acme,
            position=position,
            title=title,
            detail="Under Team" if position == 0 else "",
            done_when={} if position == 0 else {"page": "/pay"},
        )
    agree_plan(
        account=cast.kestrel,
        goal="All invoices paid within a day",
        steps=[
            PlannedStep("Import your payees", "theirs", (now() + 9 * day).date()),
            PlannedStep("Set up approvals with you", "ours"),
        ],
        now=now(),
    )
    _struggle(cast, session)


def _struggle(cast: Cast, session: Session) -> None:
    signal = FrictionSignal.objects.create(
        workspace=cast.acme,
        session=session,
        contact=cast.vera,
        kind="rage",
        key="rage:1",
        element="pay",
        page="/pay",
        severity=0.7,
        count=6,
        started_at=now(),
        last_at=now(),
    )
    signal.reacted_revision = signal.revision
    signal.save()
    escalation = Escalation.objects.create(
        workspace=cast.acme,
        account=cast.kestrel,
        contact=cast.vera,
        session=session,
        conversation=conversation_of(session),
        cause="pay@/pay",
        reason="failed_help",
        summary="Stuck at paying",
        page="/pay",
        score=0.8,
        owner=cast.alice,
        opened_at=now(),
        updated_at=now(),
        due_at=now() + timedelta(minutes=40),
    )
    for action, reason in (("offer", "friction"), ("escalate", "failed_help")):
        Decision.objects.create(
            workspace=cast.acme,
            contact=cast.vera,
            session=session,
            at=now(),
            action=action,
            reason=reason,
            rule="rule",
            score=0.8,
            facts={},
            escalation=escalation if action == "escalate" else None,
        )

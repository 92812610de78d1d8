"""Vera of Kestrel Coffee is stuck on Acme's reports page, and everything about it is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db import connection

from tests.cast import NOON, Cast
from vcsm.conversations.models import Conversation, Message, Nudge
from vcsm.conversations.post import conversation_of, post_message
from vcsm.escalation.models import Decision, Escalation
from vcsm.events import kinds
from vcsm.events.models import Session
from vcsm.events.partitions import create_partitions
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent, Intent

EXPORT = kinds.Element(id="export", name="Export", role="button")


@dataclass(frozen=True)
class Scene:
    cast: Cast
    session: Session
    conversation: Conversation
    escalation: Escalation

    @property
    def api(self) -> str:
        return f"/console/api/escalations/{self.escalation.pk}"


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def make_scene(cast: Cast) -> Scene:
    session = cast.session()
    conversation = conversation_of(session)
    intent = Intent.objects.create(workspace=cast.acme, name="export", title="Export a report")
    wanted = CapturedIntent.objects.create(
        workspace=cast.acme,
        contact=cast.vera,
        session=session,
        source=CapturedIntent.Source.ASKED,
        text="how do I get my report out?",
        outcome=CapturedIntent.Outcome.SURE,
        intent=intent,
        probability=0.91,
        p_value=0.6,
        alternatives=[{"name": "invite", "title": "Invite a colleague", "probability": 0.05}],
        at=at(8),
    )
    escalation = Escalation.objects.create(
        workspace=cast.acme,
        account=cast.kestrel,
        contact=cast.vera,
        session=session,
        conversation=conversation,
        cause="export@/reports",
        reason="failed_help",
        summary="Clicked again and again: Export on /reports, and “Export a report” did not help",
        page="/reports",
        element="export",
        element_name="Export",
        intent=wanted,
        score=0.82,
        owner=cast.alice,
        opened_at=at(20),
        updated_at=at(20),
        due_at=at(3600),
    )
    _struggle(cast, session, escalation)
    post_message(
        conversation=conversation, author=Message.Author.CONTACT, text="It does nothing", now=at(15)
    )
    return Scene(cast, session, conversation, escalation)


def add_signal(
    session: Session,
    *,
    key: str,
    seconds: float = 5,
    element: str = "export",
    element_name: str = "Export",
    page: str = "/reports",
    kind: str = "rage",
    retracted: bool = False,
) -> FrictionSignal:
    return FrictionSignal.objects.create(
        workspace_id=session.workspace_id,
        session=session,
        contact_id=session.contact_id,
        kind=kind,
        key=key,
        element=element,
        element_name=element_name,
        page=page,
        severity=0.7,
        count=5,
        started_at=at(seconds - 2),
        last_at=at(seconds),
        retracted_at=at(seconds + 1) if retracted else None,
    )


def add_events(session: Session, events: list[kinds.Event], *, sequence: int = 1) -> None:
    """Stores events as ingest does; creates the partition of the cast's day first."""
    create_partitions(today=NOON.date())
    with connection.cursor() as cursor:
        for position, event in enumerate(events):
            element = getattr(event, "element", None)
            body = msgspec.json.encode(event).decode()
            when = datetime.fromtimestamp(event.at / 1000, tz=NOON.tzinfo)
            cursor.execute(
                "INSERT INTO events_event (workspace_id, session_id, sequence, position, kind, at,"
                " received_at, page, element, body) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
                [
                    *(session.workspace_id, session.pk, sequence, position),
                    *(event.__struct_config__.tag, when, when, event.page),
                    *(element.id if element else None, body),
                ],
            )


def millis(seconds: float) -> int:
    return int(at(seconds).timestamp() * 1000)


def _struggle(cast: Cast, session: Session, escalation: Escalation) -> None:
    add_events(
        session,
        [
            kinds.Page(at=millis(0), page="/reports", title="Reports"),
            *(
                kinds.Click(at=millis(1 + n / 5), page="/reports", click=n, element=EXPORT)
                for n in range(5)
            ),
            kinds.Burst(
                at=millis(3), page="/reports", burst=1, element=EXPORT, verdict="rage", clicks=5
            ),
        ],
    )
    signal = add_signal(session, key="rage:export")
    nudge = Nudge.objects.create(
        workspace=cast.acme,
        contact=cast.vera,
        session=session,
        cause="export@/reports",
        page="/reports",
        element="export",
        title="Export a report",
        text="Open the report and choose Export.",
        source={"title": "Export a report"},
        state=Nudge.State.SHOWN,
        offered_at=at(6),
    )
    for seconds, action, reason in ((5, "offer", "friction"), (20, "escalate", "failed_help")):
        Decision.objects.create(
            workspace=cast.acme,
            contact=cast.vera,
            session=session,
            at=at(seconds),
            action=action,
            reason=reason,
            rule="first_struggle" if action == "offer" else "struggle_after_help",
            score=0.82,
            facts={},
            numbers={"struggle": 0.64},
            unseen=["intent"],
            signal=signal,
            nudge=nudge,
            escalation=escalation if action == "escalate" else None,
        )

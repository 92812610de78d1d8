"""Reads the panel's first page, a contact's standing with us, and stores what they say to it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from vcsm.accounts.models import Contact, Member
from vcsm.conversations.models import Conversation
from vcsm.conversations.rate import rate
from vcsm.conversations.takeover import speaker
from vcsm.escalation.models import Decision, Escalation
from vcsm.events.incoming import SessionContext
from vcsm.friction.models import FrictionSignal
from vcsm.intent.goal import correct_goal, goal_of_contact, intents_to_choose
from vcsm.intent.models import CapturedIntent
from vcsm.success.broadcast import home_changed
from vcsm.success.checklist import checklist_of, tick_item
from vcsm.success.corrections import correct, corrected_subjects
from vcsm.success.models import Promise
from vcsm.success.people import person_of
from vcsm.success.plan import plan_of, tick_step
from vcsm.success.promises import promises_to
from widget import home_frames as frames
from widget.database import in_database
from widget.frame import IntentOption

LATELY = timedelta(days=7)
"""How far back struggles and calls are shown."""
RATED_WITHIN = timedelta(days=3)
"""How long after its resolution an escalation may be rated."""
MOST = 5
_TOLD = ("escalate", "offer")


@in_database
def read_home(context: SessionContext) -> frames.Home:
    now = datetime.now(UTC)
    contact = Contact.objects.select_related("account__owner").get(pk=context.contact_id)
    conversation = Conversation.objects.filter(
        browser_id=context.browser_id, contact=contact
    ).first()
    plan = plan_of(contact.account_id)
    wrong = corrected_subjects(contact.pk)
    return frames.Home(
        goal=_goal(contact, now),
        person=_person(contact, conversation, now),
        open=_open_matters(contact),
        promises=[_promise(one, wrong, now) for one in promises_to(contact.pk, now=now)],
        checklist=[
            frames.ChecklistStep(
                step.id, step.title, step.detail, step.page, step.done, step.theirs
            )
            for step in checklist_of(contact, now=now)
        ],
        plan_goal=plan.goal if plan else "",
        plan=[
            frames.PlanStep(
                id=step.pk,
                title=step.title,
                theirs=step.whose == step.Whose.THEIRS,
                done=step.done_at is not None,
                due_on=step.due_on.isoformat() if step.due_on else "",
            )
            for step in (sorted(plan.steps.all(), key=lambda one: one.position) if plan else [])
        ],
        friction=_friction(contact, wrong, now),
        calls=_calls(contact, now),
        rate=_rate_ask(conversation, now),
    )


@in_database
def tick(context: SessionContext, said: frames.Tick) -> None:
    contact, now = Contact.objects.get(pk=context.contact_id), datetime.now(UTC)
    if said.what == "item":
        tick_item(contact=contact, item_id=said.id, done=said.done, now=now)
    elif contact.account_id is not None:
        by = f"contact:{contact.pk} {contact}"
        tick_step(
            account_id=contact.account_id,
            step_id=said.id,
            whose="theirs",
            done=said.done,
            by=by,
            now=now,
        )


@in_database
def take_rating(context: SessionContext, said: frames.Rate) -> None:
    """Stores the rating of an escalation resolved lately; any other changes nothing."""
    now = datetime.now(UTC)
    conversation = Conversation.objects.filter(
        browser_id=context.browser_id, contact_id=context.contact_id
    ).first()
    asked = _resolved(conversation, now) if conversation else []
    if conversation and said.subject in [_subject(escalation) for escalation in asked]:
        rate(
            conversation=conversation,
            subject=said.subject,
            score=said.score,
            comment=said.comment,
            now=now,
        )


@in_database
def take_dispute(context: SessionContext, said: frames.Dispute) -> None:
    contact = Contact.objects.get(pk=context.contact_id)
    kind, _, key = said.subject.partition(":")
    theirs = {"friction": contact.signals.all(), "promise": contact.promises.all()}.get(kind)
    try:
        known = theirs is not None and theirs.filter(pk=UUID(key)).exists()
    except ValueError:
        known = False
    if known:
        correct(contact=contact, subject=said.subject, said=said.said, now=datetime.now(UTC))


@in_database
def take_correction(context: SessionContext, said: frames.Correct) -> None:
    """Corrects what the contact is trying to do, to an intent of their workspace or to none.

    Anything that is not their own goal, or no such intent, changes nothing.
    """
    with suppress(ObjectDoesNotExist):
        correct_goal(
            contact_id=context.contact_id,
            captured_id=said.captured,
            intent_id=said.intent,
            at=datetime.now(UTC),
        )
        home_changed(context.contact_id)


def _goal(contact: Contact, now: datetime) -> frames.HomeGoal | None:
    goal = goal_of_contact(contact.pk, now=now)
    if goal is None:
        return None
    reason = goal.evidence[0]
    captured = CapturedIntent.objects.defer("vector").get(pk=reason.captured_id)
    likely = {one["intent"]: one["title"] for one in captured.alternatives if "intent" in one}
    others = {one.pk: one.title for one in intents_to_choose(contact.workspace_id)}
    options = {pk: title for pk, title in {**likely, **others}.items() if pk != goal.intent_id}
    return frames.HomeGoal(
        captured=reason.captured_id,
        title=goal.title,
        evidence=reason.text,
        said=reason.kind in ("said", "search"),
        set_right=reason.set_right,
        options=[IntentOption(id=pk, title=title) for pk, title in list(options.items())[:MOST]],
    )


def _person(
    contact: Contact, conversation: Conversation | None, now: datetime
) -> frames.HomePerson | None:
    """Returns the member who speaks with them now, otherwise the account's owner, if any."""
    owner: Member | None = contact.account.owner if contact.account else None
    person = person_of((conversation and speaker(conversation)) or owner, now=now)
    if person is None:
        return None
    next_at = _millis(person.next_at) if person.next_at else None
    return frames.HomePerson(name=person.name, present=person.present, next_at=next_at)


def _open_matters(contact: Contact) -> list[frames.OpenMatter]:
    found = (
        Escalation.objects.filter(contact=contact)
        .exclude(state=Escalation.State.RESOLVED)
        .select_related("owner", "intent__intent")
        .order_by("opened_at")
    )
    return [
        frames.OpenMatter(
            about=one.intent.intent.title if one.intent and one.intent.intent else "",
            page=one.page,
            taken=one.state == Escalation.State.TAKEN,
            name=one.owner.name if one.owner else "",
            opened_at=_millis(one.opened_at),
            due_at=_millis(one.due_at),
        )
        for one in found
    ]


def _promise(promise: Promise, wrong: set[str], now: datetime) -> frames.PromiseMade:
    late = promise.state == "open" and promise.due_at is not None and promise.due_at < now
    subject = f"promise:{promise.pk}"
    return frames.PromiseMade(
        subject=subject,
        text=promise.text,
        name=promise.member.name if promise.member else "",
        state="late" if late else promise.state,  # type: ignore[arg-type]
        due_at=_millis(promise.due_at) if promise.due_at else None,
        disputed=subject in wrong,
    )


def _friction(contact: Contact, wrong: set[str], now: datetime) -> list[frames.BelievedFriction]:
    found = FrictionSignal.objects.filter(
        contact=contact, retracted_at=None, last_at__gt=now - LATELY
    ).order_by("-last_at")[:MOST]
    return [
        frames.BelievedFriction(
            subject=f"friction:{one.pk}",
            kind=one.kind,
            page=one.page,
            count=one.count,
            at=_millis(one.last_at),
            disputed=f"friction:{one.pk}" in wrong,
        )
        for one in found
    ]


def _calls(contact: Contact, now: datetime) -> list[frames.Call]:
    """Returns the latest decisions a contact could ask about; several alike in a row are one."""
    recent = Decision.objects.filter(contact=contact, at__gt=now - LATELY).order_by("-at")[:60]
    calls: list[frames.Call] = []
    for one in recent:
        called = one.action == Decision.Action.ESCALATE
        if one.action not in _TOLD and one.reason not in ("displaced", "held_back"):
            continue
        if calls and (calls[-1].called, calls[-1].reason) == (called, one.reason):
            continue
        calls.append(frames.Call(called=called, reason=one.reason, at=_millis(one.at)))
    return calls[:MOST]


def _rate_ask(conversation: Conversation | None, now: datetime) -> frames.RateAsk | None:
    if conversation is None:
        return None
    rated = set(conversation.ratings.values_list("subject", flat=True))
    for escalation in _resolved(conversation, now):
        if _subject(escalation) not in rated and escalation.taken_at and escalation.owner:
            return frames.RateAsk(subject=_subject(escalation), name=escalation.owner.name)
    return None


def _resolved(conversation: Conversation, now: datetime) -> list[Escalation]:
    return list(
        Escalation.objects.filter(conversation=conversation, resolved_at__gt=now - RATED_WITHIN)
        .select_related("owner")
        .order_by("-resolved_at")
    )


def _subject(escalation: Escalation) -> str:
    return f"escalation:{escalation.pk}"


def _millis(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)

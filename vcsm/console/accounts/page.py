"""One account's page: contacts, health over time, intents, friction, conversations, promises."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from vcsm.accounts.models import Account, Contact
from vcsm.console.accounts.health import FORTNIGHT, healths_of
from vcsm.console.facts import BY_PRODUCT, FactLine, account_facts
from vcsm.conversations.models import Conversation, Rating
from vcsm.escalation.models import Escalation
from vcsm.friction.models import FrictionSignal
from vcsm.intent.goal import Goal, goal_of_contact
from vcsm.intent.models import CapturedIntent
from vcsm.problems.models import Problem
from vcsm.success.health import Health, trend_of
from vcsm.success.models import ChecklistDone, ChecklistItem, Plan, Promise
from vcsm.success.plan import plan_of

POINTS = 5
"""How many points of health are shown, a fortnight apart, the present one last."""
CONTACTS = 50
ROWS = 20
GOALS = 8
"""How many contacts, those seen latest first, have their goal worked out."""


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as the account's page shows them."""

    contact: Contact
    seen_at: datetime | None
    sessions: int
    escalations: int
    wrote: int
    """How many conversations they have."""
    steps_done: int
    stakes: str
    """Why they matter in this account, in words; empty when nothing is known."""


@dataclass(frozen=True, slots=True)
class WantedGoal:
    contact: Contact
    goal: Goal


@dataclass(frozen=True, slots=True)
class AccountPage:
    account: Account
    health: Health
    trend: str
    history: list[tuple[datetime, Health]]
    """Oldest first."""
    facts: list[FactLine]
    people: list[Person]
    steps: list[ChecklistItem]
    goals: list[WantedGoal]
    wants: list[CapturedIntent]
    friction: list[FrictionSignal]
    problems: list[Problem]
    conversations: list[Conversation]
    escalations: list[Escalation]
    promises: list[Promise]
    plan: Plan | None
    ratings: list[Rating]


def read_account(account: Account, *, now: datetime) -> AccountPage:
    """Returns the account's page; the number of queries does not grow with what is stored."""
    moments = [now - FORTNIGHT * step for step in reversed(range(POINTS))]
    history = [
        (at, healths_of([account.pk], workspace_id=account.workspace_id, at=at)[account.pk])
        for at in moments
    ]
    people = _people(account)
    wants = CapturedIntent.objects.filter(contact__account=account)
    signals = FrictionSignal.objects.filter(contact__account=account, retracted_at=None)
    calls = Escalation.objects.filter(account=account)
    talks = Conversation.objects.filter(contact__account=account, last_seq__gt=0)
    ratings = Rating.objects.filter(conversation__contact__account=account)
    promises = Promise.objects.filter(contact__account=account)
    return AccountPage(
        account=account,
        health=history[-1][1],
        trend=trend_of(history[-1][1], history[-2][1]),
        history=history,
        facts=_facts(account, people),
        people=people,
        steps=list(
            ChecklistItem.objects.filter(workspace_id=account.workspace_id).order_by("position")
        ),
        goals=_goals(people, now),
        wants=list(
            wants.select_related("intent", "contact").defer("vector").order_by("-at")[:ROWS]
        ),
        friction=list(signals.select_related("contact").order_by("-last_at")[:ROWS]),
        problems=_problems(account),
        conversations=_latest(talks),
        escalations=list(
            calls.select_related("contact", "owner").order_by("-opened_at", "pk")[:ROWS]
        ),
        promises=list(
            promises.select_related("contact", "member").order_by("-made_at", "pk")[:ROWS]
        ),
        plan=plan_of(account.pk),
        ratings=list(ratings.select_related("conversation__contact").order_by("-at")[:ROWS]),
    )


def _people(account: Account) -> list[Person]:
    rows = (
        Contact.objects.filter(account=account)
        .annotate(seen_at=Max("sessions__seen_at"))
        .order_by(F("seen_at").desc(nulls_last=True), "pk")[:CONTACTS]
    )
    contacts: list[Any] = list(rows)
    sessions, calls, talks = (
        _count(Contact.objects.filter(pk__in=[one.pk for one in contacts]), what)
        for what in ("sessions", "escalations", "conversations")
    )
    done = dict(
        ChecklistDone.objects.filter(contact__in=contacts)
        .values_list("contact")
        .annotate(Count("pk"))
    )
    most = max(sessions.values(), default=0)
    return [
        Person(
            contact=one,
            seen_at=one.seen_at,
            sessions=sessions.get(one.pk, 0),
            escalations=calls.get(one.pk, 0),
            wrote=talks.get(one.pk, 0),
            steps_done=done.get(one.pk, 0),
            stakes=_stakes(sessions.get(one.pk, 0), calls.get(one.pk, 0), most),
        )
        for one in contacts
    ]


def _count(contacts: QuerySet[Contact], what: str) -> dict[int, int]:
    return dict(contacts.values_list("pk").annotate(Count(what)).order_by())


def _stakes(sessions: int, calls: int, most: int) -> str:
    """Describes a contact's stakes from what was counted; a job title is never guessed."""
    said = []
    if most >= 2 and sessions == most:
        said.append("here most often")
    if calls:
        said.append("needed a person" if calls == 1 else f"needed a person {calls} times")
    return ", ".join(said)


def _goals(people: list[Person], now: datetime) -> list[WantedGoal]:
    found = [
        (person.contact, goal_of_contact(person.contact.pk, now=now)) for person in people[:GOALS]
    ]
    return [WantedGoal(contact, goal) for contact, goal in found if goal is not None]


def _problems(account: Account) -> list[Problem]:
    """Returns the latest standing problems that hit the account's contacts or are its alone."""
    rows = Problem.objects.filter(
        Q(account=account) | Q(places__place__hits__account=account),
        workspace_id=account.workspace_id,
        state__in=(Problem.State.OPEN, Problem.State.ACKNOWLEDGED, Problem.State.CLAIMED),
    )
    return list(rows.distinct().order_by("-opened_at")[:ROWS])


def _latest(talks: QuerySet[Conversation]) -> list[Conversation]:
    return list(
        talks.select_related("contact")
        .annotate(said_at=Max("messages__sent_at"))
        .order_by("-said_at", "pk")[:ROWS]
    )


def _facts(account: Account, people: list[Person]) -> list[FactLine]:
    """Returns the account's facts, each with its source and the time that the source gives."""
    seen = max((person.seen_at for person in people if person.seen_at), default=None)
    return [
        FactLine("Id in your product", account.external_id, BY_PRODUCT),
        *account_facts(account),
        FactLine("Contacts known", str(len(people)), "widget", seen),
    ]

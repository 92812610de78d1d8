"""Reads what surrounds an escalation and hands it to `why`, `steps` and `draft`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db.models import Count, F, Max, Q

from vcsm.accounts.models import Contact, Member
from vcsm.console.accounts.health import FORTNIGHT, healths_of
from vcsm.console.screen.draft import Sentence, write_draft
from vcsm.console.screen.known import read_known, read_sources
from vcsm.console.screen.steps import HelpRecord, Seen, Step, next_steps
from vcsm.console.screen.why import Because, Worth, because_of, worth_of_minutes
from vcsm.conversations.models import Nudge
from vcsm.core import llm
from vcsm.escalation.assign import URGENT
from vcsm.escalation.case import Facts
from vcsm.escalation.decide import facts_from_json
from vcsm.escalation.explain import rule_in_words
from vcsm.escalation.models import Decision, Escalation
from vcsm.problems.models import Problem
from vcsm.success.health import Health, trend_of

STAKEHOLDERS = 8
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A contact of the same account, with what was counted; a role is never guessed."""

    contact: Contact
    seen_at: datetime | None
    sessions: int
    open_escalations: int


@dataclass(frozen=True, slots=True)
class AccountHealth:
    health: Health
    trend: str


@dataclass(frozen=True, slots=True)
class Around:
    """What an escalation's screen says beyond its own rows."""

    rule_means: str
    """What the rule that decided means, in a sentence; empty without a decision."""
    because: list[Because]
    worth: Worth | None
    unreadable: bool
    """Whether the stored facts have a form that cannot be read, so that the reasons are missing."""
    health: AccountHealth | None
    stakeholders: list[Stakeholder]
    problems: list[Problem]
    steps: list[Step]
    draft: list[Sentence]
    writer: bool
    """Whether a language model is configured that can write the draft in its own words."""


def read_around(escalation: Escalation, *, member: Member, now: datetime) -> Around:
    """Returns what surrounds the escalation; the number of queries does not grow with the rows."""
    decided = Decision.objects.filter(escalation=escalation).order_by("-at", "-pk").first()
    facts = _facts(decided)
    sources = read_sources(escalation)
    problems, passage, promise = sources.problems, sources.passage, sources.promise
    currency = member.workspace.currency
    worth = worth_of_minutes(facts, currency=currency) if facts else None
    found = Seen(
        worth=worth,
        minute_cost=facts.stakes.minute_cost if facts else 1.0,
        asked_for_person=escalation.reason in URGENT,
        passage=passage.title if passage else "",
        passage_known=passage.known if passage else False,
        record=_help_record(escalation.workspace_id, now),
        problem=(str(problems[0].pk), problems[0].title, problems[0].state) if problems else None,
        open_promise=promise.text if promise else "",
    )
    return Around(
        rule_means=rule_in_words(decided.rule) if decided else "",
        because=because_of(facts) if facts else [],
        worth=worth,
        unreadable=decided is not None and facts is None,
        health=_health(escalation, now),
        stakeholders=_stakeholders(escalation),
        problems=problems,
        steps=next_steps(found),
        draft=write_draft(read_known(escalation, member=member, sources=sources)),
        writer=llm.is_configured(),
    )


def _facts(decided: Decision | None) -> Facts | None:
    if decided is None:
        return None
    try:
        return facts_from_json(decided.facts)
    except msgspec.ValidationError:
        return None


def _health(escalation: Escalation, now: datetime) -> AccountHealth | None:
    if escalation.account_id is None:
        return None
    at_both = [
        healths_of([escalation.account_id], workspace_id=escalation.workspace_id, at=at)
        for at in (now, now - FORTNIGHT)
    ]
    today, before = (found[escalation.account_id] for found in at_both)
    return AccountHealth(today, trend_of(today, before))


def _stakeholders(escalation: Escalation) -> list[Stakeholder]:
    if escalation.account_id is None:
        return []
    others = Contact.objects.filter(account_id=escalation.account_id)
    rows = list(
        others.annotate(seen_at=Max("sessions__seen_at"), visits=Count("sessions"))
        .order_by(F("seen_at").desc(nulls_last=True), "pk")
        .values_list("pk", "seen_at", "visits")[:STAKEHOLDERS]
    )
    contacts = Contact.objects.in_bulk([row[0] for row in rows])
    waiting = Escalation.objects.filter(contact__in=contacts).exclude(
        state=Escalation.State.RESOLVED
    )
    calls = dict(waiting.values_list("contact").annotate(Count("pk")).order_by())
    return [
        Stakeholder(contacts[pk], seen_at, visits, calls.get(pk, 0)) for pk, seen_at, visits in rows
    ]


def _help_record(workspace_id: int, now: datetime) -> HelpRecord:
    answered = (Nudge.State.SHOWN, Nudge.State.ACCEPTED, Nudge.State.DISMISSED)
    counted = Nudge.objects.filter(
        workspace_id=workspace_id, offered_at__gt=now - LATELY, state__in=answered
    ).aggregate(shown=Count("pk"), accepted=Count("pk", filter=Q(state=Nudge.State.ACCEPTED)))
    return HelpRecord(**counted)

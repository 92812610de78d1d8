"""Reads what surrounds an escalation, and lets `why`, `steps` and `draft` speak of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db.models import Count, F, Max, Q

from vcsm.accounts.models import Contact, Member
from vcsm.console.accounts.health import FORTNIGHT, healths_of
from vcsm.console.screen.draft import Known, Record, Sentence, write_draft
from vcsm.console.screen.steps import HelpRecord, Seen, Step, next_steps
from vcsm.console.screen.why import Because, Worth, because_of, worth_of_minutes
from vcsm.conversations.models import Message, Nudge
from vcsm.escalation.assign import URGENT
from vcsm.escalation.case import Facts
from vcsm.escalation.decide import facts_from_json
from vcsm.escalation.explain import rule_in_words
from vcsm.escalation.models import Decision, Escalation
from vcsm.friction.models import FrictionSignal
from vcsm.knowledge.answered import LatestAnswer, latest_answer
from vcsm.problems.models import Attached, Problem
from vcsm.success.health import Health, trend_of
from vcsm.success.models import Promise

STAKEHOLDERS = 8
LATELY = timedelta(days=90)
_STANDING = (Problem.State.OPEN, Problem.State.ACKNOWLEDGED, Problem.State.CLAIMED)

_STRUGGLED = {
    "rage": "I see that you clicked “{name}” {count} times and it did not do what you expected.",
    "dead": "I see that “{name}” did not react when you clicked it.",
    "error_click": "I see that an error followed when you clicked “{name}”.",
    "error_burst": "I see that the page met several errors while you were on it.",
    "failing_request": "I see that the page could not load what it needed.",
    "form_struggle": "I see that the form at “{name}” gave you trouble.",
    "form_reentry": "I see that you had to fill in “{name}” more than once.",
}
_NAMELESS = ("error_burst", "failing_request")


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A contact of the same account, as they were seen; a role nobody told is not made up."""

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
    """What an escalation's screen says beside its own rows."""

    rule_means: str
    """The rule that decided, in a sentence."""
    because: list[Because]
    worth: Worth | None
    unreadable: bool
    """The stored facts are older or newer than what can be read: then why is not told."""
    health: AccountHealth | None
    stakeholders: list[Stakeholder]
    problems: list[Problem]
    steps: list[Step]
    draft: list[Sentence]


def read_around(escalation: Escalation, *, member: Member, now: datetime) -> Around:
    """The number of queries does not grow with the rows."""
    decided = Decision.objects.filter(escalation=escalation).order_by("-at", "-pk").first()
    facts = _facts(decided)
    problems = _problems(escalation)
    passage = latest_answer(escalation.contact_id)
    promise = _promise(escalation)
    worth = worth_of_minutes(facts) if facts else None
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
        draft=write_draft(_known(escalation, member, problems, passage, promise)),
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


def _problems(escalation: Escalation) -> list[Problem]:
    """That it was attached to, or that show where this visit's friction was."""
    signals = FrictionSignal.objects.filter(session_id=escalation.session_id, retracted_at=None)
    places = Q(pk__in=[])
    for kind, page, element in signals.values_list("kind", "page", "element").distinct()[:20]:
        places |= Q(
            places__place__kind=kind, places__place__page=page, places__place__element=element
        )
    attached = Attached.objects.filter(escalation=escalation.pk).values("problem")
    rows = Problem.objects.filter(workspace_id=escalation.workspace_id, state__in=_STANDING)
    whose = Q(account=None) | Q(account=escalation.account_id)
    found = rows.filter(Q(pk__in=attached) | (places & whose))
    return list(found.select_related("team").distinct().order_by("-opened_at", "pk")[:5])


def _promise(escalation: Escalation) -> Promise | None:
    """The one that is due first of those open."""
    theirs = Promise.objects.filter(contact=escalation.contact_id, state=Promise.State.OPEN)
    return theirs.order_by(F("due_at").asc(nulls_last=True), "made_at").first()


def _help_record(workspace_id: int, now: datetime) -> HelpRecord:
    answered = (Nudge.State.SHOWN, Nudge.State.ACCEPTED, Nudge.State.DISMISSED)
    counted = Nudge.objects.filter(
        workspace_id=workspace_id, offered_at__gt=now - LATELY, state__in=answered
    ).aggregate(shown=Count("pk"), accepted=Count("pk", filter=Q(state=Nudge.State.ACCEPTED)))
    return HelpRecord(**counted)


def _known(
    escalation: Escalation,
    member: Member,
    problems: list[Problem],
    passage: LatestAnswer | None,
    promise: Promise | None,
) -> Known:
    signal = (
        FrictionSignal.objects.filter(session_id=escalation.session_id, retracted_at=None)
        .order_by("-severity", "-last_at")
        .first()
    )
    said = (
        Message.objects.filter(
            conversation=escalation.conversation_id, author=Message.Author.CONTACT
        )
        .exclude(text="")
        .order_by("-seq")
        .first()
    )
    problem = problems[0] if problems else None
    return Known(
        first_name=escalation.contact.name.split()[0] if escalation.contact.name.strip() else "",
        member=member.name,
        workspace=member.workspace.name,
        signals=[_signal_record(signal)] if signal else [],
        signal_words=_struggled(signal) if signal else "",
        said=Record("said", str(said.pk), said.text) if said else None,
        passage=Record("article", passage.title, passage.heading) if passage else None,
        passage_text=passage.text if passage else "",
        passage_known=passage.known if passage else False,
        problem=Record("problem", str(problem.pk), problem.title) if problem else None,
        problem_state=problem.state if problem else "",
        promise=Record("promise", str(promise.pk), promise.text) if promise else None,
    )


def _signal_record(signal: FrictionSignal) -> Record:
    place = signal.element_name or signal.page
    label = f"{signal.kind.replace('_', ' ')} on {place}, {signal.count} times"
    return Record("signal", str(signal.pk), label)


def _struggled(signal: FrictionSignal) -> str:
    """Empty for a kind that cannot be told to whoever met it, or an element without a name."""
    words = _STRUGGLED.get(signal.kind, "")
    if not signal.element_name and signal.kind not in _NAMELESS:
        return ""
    return words.format(name=signal.element_name, count=signal.count)

"""Reads the records from which a draft to a contact can be made."""

import re
from dataclasses import dataclass

from django.db.models import F, Q

from vcsm.accounts.models import Member
from vcsm.console.screen.draft import Known, Record
from vcsm.conversations.models import Message
from vcsm.escalation.models import Escalation
from vcsm.friction.models import FrictionSignal
from vcsm.knowledge.answered import LatestAnswer, latest_answer
from vcsm.problems.models import Attached, Problem
from vcsm.success.models import Promise

_STANDING = (Problem.State.OPEN, Problem.State.ACKNOWLEDGED, Problem.State.CLAIMED)

_STRUGGLED = {
    "rage": "I see that you clicked {thing} {count} times and it did not do what you expected.",
    "dead": "I see that {thing} did not react when you clicked it.",
    "error_click": "I see that an error followed when you clicked {thing}.",
    "error_burst": "I see that the page met several errors while you were on it.",
    "failing_request": "I see that the page could not load what it needed.",
    "form_struggle": "I see that the form at {thing} gave you trouble.",
    "form_reentry": "I see that you had to fill in {thing} more than once.",
}
_NAMELESS = ("error_burst", "failing_request")
_THINGS = {"button": "a button", "link": "a link", "textbox": "a field", "combobox": "a field"}
_CODE = re.compile(r"[a-z0-9]+(?:[-_.:][a-z0-9]+)+")
"""Matches a test id, which names the element to members but means nothing to the contact."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Rows that the escalation's screen shows and a draft may mention."""

    problems: list[Problem]
    passage: LatestAnswer | None
    promise: Promise | None


def read_sources(escalation: Escalation) -> Sources:
    return Sources(
        _problems(escalation), latest_answer(escalation.contact_id), _promise(escalation)
    )


def read_known(escalation: Escalation, *, member: Member, sources: Sources) -> Known:
    """Returns what a draft by the member can be made from; the signal is the session's severest."""
    problems, passage, promise = sources.problems, sources.passage, sources.promise
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
    """Returns a sentence to the contact about the signal; empty for a kind that has no such words,
    or an element without a name."""
    words = _STRUGGLED.get(signal.kind, "")
    if not signal.element_name and signal.kind not in _NAMELESS:
        return ""
    return words.format(thing=_thing(signal), count=signal.count)


def _thing(signal: FrictionSignal) -> str:
    """Names the element as the contact saw it; the widget writes "role name", or a test id where
    names are hidden."""
    role = signal.element.rpartition("-")[0]
    name = signal.element_name.removeprefix(f"{role} ") if role else signal.element_name
    if name == role or _CODE.fullmatch(name):
        return _THINGS.get(role, "something on the page")
    return f"“{name}”"


def _problems(escalation: Escalation) -> list[Problem]:
    """Returns up to five standing problems, newest first: those the escalation is attached to, and
    those with a place where this session had friction."""
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
    """Returns the open promise to the contact that is due first, or None."""
    theirs = Promise.objects.filter(contact=escalation.contact_id, state=Promise.State.OPEN)
    return theirs.order_by(F("due_at").asc(nulls_last=True), "made_at").first()

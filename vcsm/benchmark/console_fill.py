"""`python -m vcsm.benchmark.console_fill COUNT` fills a workspace with escalations.

It prints the session cookie of a member who is signed in there. Everything comes from one seed, so
that two measurements look at the same queue: accounts, contacts with a visit each, a signal, and a
decision with its facts. In addition, a tenth of COUNT are made as resolved.
"""

import sys
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import django
import msgspec

WORKSPACE = "load-0"
"""The workspace that `load.serving.start_site` makes."""
ACCOUNTS = 400
FIRMS = ("Alder", "Birch", "Cedar", "Dune", "Elm", "Fjord")
PEOPLE = ("Ada", "Bo", "Cleo", "Dag", "Eva", "Finn", "Gus")
REASONS = ("friction", "failed_help", "asked", "matter")
KINDS = ("rage", "dead", "error_click", "form_struggle")
PAGES = ("/payments/new", "/statements", "/cards", "/settings/team", "/reports/cash")
ELEMENTS = ("Send payment", "Export statement", "Freeze card", "Invite a colleague", "Download")


def sign_in_csm() -> str:
    """Makes two members of the workspace; returns the session key of the first, a CSM."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User

    from vcsm.accounts.models import Member, Workspace
    from vcsm.accounts.sign_in_store import SessionStore

    workspace = Workspace.objects.get(slug=WORKSPACE)
    for name in ("Alice", "Bob"):
        user = User.objects.create(username=f"{name.lower()}@bench.example")
        Member.objects.create(workspace=workspace, user=user, name=name, role=Member.Role.CSM)
    csm = workspace.members.get(name="Alice")
    session = SessionStore()
    session[SESSION_KEY] = str(csm.user_id)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = csm.user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def fill_queue(count: int, *, seed: int = 0) -> None:
    """Makes `count` open escalations over the last thirty days, and a tenth as many resolved."""
    from django.db import transaction

    from vcsm.escalation.models import Decision, Escalation, Verdict

    draw, now = Random(seed), datetime.now(UTC)
    with transaction.atomic():
        signals = _struggles(_visits(count + count // 10, draw, now), draw)
        members = list(signals[0].workspace.members.all())
        escalations = Escalation.objects.bulk_create(
            _escalation(place, signal, draw, count) for place, signal in enumerate(signals)
        )
        Decision.objects.bulk_create(
            _decision(escalation, signal)
            for escalation, signal in zip(escalations, signals, strict=True)
        )
        Verdict.objects.bulk_create(
            Verdict(
                escalation=escalation,
                member=draw.choice(members),
                done=True,
                false_alarm=draw.random() < 0.2,
                at=now,
            )
            for escalation in escalations[count:]
        )


def _visits(count: int, draw: Random, now: datetime) -> list[Any]:
    """Makes one session for each of `count` contacts, who belong to `ACCOUNTS` accounts."""
    from vcsm.accounts.models import Account, Browser, Contact, Workspace
    from vcsm.events.models import Session

    workspace = Workspace.objects.get(slug=WORKSPACE)
    members = list(workspace.members.all())
    accounts = Account.objects.bulk_create(
        Account(
            workspace=workspace,
            external_id=f"bench-{number}",
            name=f"{draw.choice(FIRMS)} & Sons {number}",
            owner=draw.choice(members),
            plan=draw.choice(("Free", "Plus", "Scale")),
            annual_revenue=draw.choice((None, draw.randrange(1_000, 90_000))),
        )
        for number in range(ACCOUNTS)
    )
    contacts = Contact.objects.bulk_create(
        Contact(
            workspace=workspace,
            account=draw.choice(accounts),
            external_id=f"bench-{number}",
            name=f"{draw.choice(PEOPLE)} No {number}",
        )
        for number in range(count)
    )
    browsers = Browser.objects.bulk_create(
        Browser(id=_uuid(draw), workspace=workspace, contact=contact) for contact in contacts
    )
    times = [now - timedelta(minutes=draw.randrange(1, 30 * 24 * 60)) for _ in contacts]
    return Session.objects.bulk_create(
        Session(
            id=_uuid(draw),
            workspace=workspace,
            contact=browser.contact,
            browser=browser,
            started_at=at - timedelta(minutes=5),
            seen_at=at,
            page=draw.choice(PAGES),
        )
        for browser, at in zip(browsers, times, strict=True)
    )


def _struggles(sessions: list[Any], draw: Random) -> list[Any]:
    """Makes one signal in each session."""
    from vcsm.friction.models import FrictionSignal

    return FrictionSignal.objects.bulk_create(
        FrictionSignal(
            workspace=session.workspace,
            session=session,
            contact=session.contact,
            kind=draw.choice(KINDS),
            key=f"bench:{place}",
            element=f"e{place % 5}",
            element_name=ELEMENTS[place % 5],
            page=session.page,
            severity=draw.random(),
            count=draw.randrange(1, 12),
            started_at=session.started_at,
            last_at=session.seen_at,
        )
        for place, session in enumerate(sessions)
    )


def _escalation(place: int, signal: Any, draw: Random, count: int) -> Any:
    from vcsm.escalation.models import Escalation

    resolved = place >= count
    reason = draw.choice(REASONS)
    return Escalation(
        id=_uuid(draw),
        workspace_id=signal.workspace_id,
        account=signal.contact.account,
        contact=signal.contact,
        session=signal.session,
        cause=f"bench-{place}",
        reason=reason,
        kind=signal.kind,
        summary=f"{signal.kind.replace('_', ' ').capitalize()}: {signal.element_name} on "
        f"{signal.page}, and the help that was offered did not help",
        page=signal.page,
        element=signal.element,
        element_name=signal.element_name,
        score=round(draw.random(), 4),
        worth={"probability": 0.6, "value": round(draw.uniform(-10, 900), 2)},
        state="resolved" if resolved else "open",
        owner=signal.contact.account.owner if draw.random() < 0.5 else None,
        opened_at=signal.last_at,
        updated_at=signal.last_at,
        due_at=signal.last_at + timedelta(hours=1),
        resolved_at=signal.last_at if resolved else None,
    )


def _decision(escalation: Any, signal: Any) -> Any:
    from vcsm.escalation.case import Facts, SignalFact
    from vcsm.escalation.decide import decide, facts_to_json
    from vcsm.escalation.features import features_of
    from vcsm.escalation.models import Decision
    from vcsm.escalation.probability import believe, written_model

    revenue = escalation.account.annual_revenue
    facts = Facts(
        signals=(
            SignalFact(
                str(signal.pk), signal.kind, signal.severity, signal.count, "e", signal.page
            ),
        ),
        struggle=escalation.score,
        help_shown=True,
        clicks_after_help=2,
        annual_revenue=float(revenue) if revenue is not None else None,
    )
    facts = msgspec.structs.replace(facts, belief=believe(written_model(), features_of(facts)))
    made = decide(facts)
    return Decision(
        workspace_id=escalation.workspace_id,
        contact=escalation.contact,
        session=escalation.session,
        at=escalation.opened_at,
        action="escalate",
        reason=escalation.reason,
        rule=made.rule,
        score=made.score,
        facts=facts_to_json(facts),
        numbers=made.numbers,
        unseen=list(made.unseen),
        signal=signal,
        escalation=escalation,
    )


def _uuid(draw: Random) -> UUID:
    return UUID(int=draw.getrandbits(128), version=4)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(f"{sign_in_csm()}\n")
    fill_queue(int(sys.argv[1]))

"""Who is at the other end of a socket.

A browser's id is a secret it made itself: it opens what was said in that browser. What the page
says of the contact (`identify`) is not proven, so it names them to members and opens nothing.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from vcsm.accounts.models import Account, Browser, Contact
from vcsm.events.models import Session
from vcsm.events.sessions import NotYours, open_session
from widget.keys import Door
from widget.protocol import Hello, Identity


def greet(*, door: Door, hello: Hello, user_agent: str, now: datetime) -> tuple[Session, int]:
    """Finds or makes browser, contact and session; returns the session and its last stored batch.

    Raises `NotYours` when the session or browser is another's.
    """
    try:
        return _greet(door, hello, user_agent, now)
    except IntegrityError as error:
        # The id is taken by a row that cannot be seen from here: another workspace's.
        raise NotYours from error


@transaction.atomic
def _greet(door: Door, hello: Hello, user_agent: str, now: datetime) -> tuple[Session, int]:
    browser = Browser.objects.filter(id=UUID(hello.browser)).first()
    if browser is None:
        contact = Contact.objects.create(workspace_id=door.workspace_id)
        browser, _ = Browser.objects.get_or_create(
            id=UUID(hello.browser),
            defaults={"workspace_id": door.workspace_id, "contact": contact},
        )
    if browser.workspace_id != door.workspace_id:
        raise NotYours
    session, last = open_session(
        session_id=UUID(hello.session),
        browser=browser,
        page=hello.page,
        user_agent=user_agent,
        release=hello.release,
        now=now,
    )
    if hello.identity is not None:
        session.contact = identify(session=session, identity=hello.identity)
    return session, last


@transaction.atomic
def identify(*, session: Session, identity: Identity) -> Contact:
    """Makes the session's contact the one the product names.

    An anonymous contact becomes that one, with all it did in this browser. A browser that belonged
    to another named contact starts anew with this one; their earlier visits stay theirs.
    """
    known = _named_contact(session.workspace_id, identity)
    previous = session.contact
    if previous.pk == known.pk:
        return known
    Session.objects.filter(id=session.id).update(contact=known)
    Browser.objects.filter(id=session.browser_id).update(contact=known)
    session.signals.update(contact=known)
    if previous.external_id is None:
        Session.objects.filter(browser=session.browser_id, contact=previous).update(contact=known)
        for things in (previous.signals, previous.conversations, previous.nudges):
            things.update(contact=known)
    return known


def _named_contact(workspace_id: int, identity: Identity) -> Contact:
    account = None
    if identity.account is not None:
        account, _ = Account.objects.get_or_create(
            workspace_id=workspace_id,
            external_id=identity.account.id,
            defaults={"name": identity.account.name or identity.account.id},
        )
    contact, made = Contact.objects.get_or_create(
        workspace_id=workspace_id,
        external_id=identity.id,
        defaults={"name": identity.name, "email": identity.email, "account": account},
    )
    told = {"name": identity.name, "email": identity.email, "account": account}
    news = {field: value for field, value in told.items() if value}
    if not made and any(getattr(contact, field) != value for field, value in news.items()):
        for field, value in news.items():
            setattr(contact, field, value)
        contact.save(update_fields=list(news))
    return contact

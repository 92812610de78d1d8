"""Who is at the other end of a socket.

A browser's id is a secret it made itself: it opens what was said in that browser. What the page
says of the contact (`identify`) is proven by a token where the workspace has an identity key; there
nobody becomes a named contact without one. Where it has none, the page's word names them to
members and opens their home page, but no conversation.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from vcsm.accounts.identity_keys import live_identity_keys
from vcsm.accounts.models import Account, Browser, Contact, IdentityKey
from vcsm.accounts.proof import Claims, NotProven, Why, bind_token, check_token
from vcsm.events.models import Session
from vcsm.events.sessions import NotYours, open_session
from widget.keys import Door
from widget.protocol import AccountFacts, Hello, Identity


@dataclass(frozen=True, slots=True)
class Known:
    """Whose session it is; `prove`: why a token is asked for, or None."""

    contact: Contact
    prove: Why | None = None


@dataclass(frozen=True, slots=True)
class Greeted:
    session: Session
    sequence: int
    """The last batch that is stored of it."""
    prove: Why | None


def greet(*, door: Door, hello: Hello, user_agent: str, now: datetime) -> Greeted:
    """Finds or makes browser, contact and session.

    Raises `NotYours` when the session or browser is another's.
    """
    try:
        return _greet(door, hello, user_agent, now)
    except IntegrityError as error:
        # The id is taken by a row that cannot be seen from here: another workspace's.
        raise NotYours from error


@transaction.atomic
def _greet(door: Door, hello: Hello, user_agent: str, now: datetime) -> Greeted:
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
    known = identify(session=session, identity=hello.identity, origin=door.origin, now=now)
    session.contact = known.contact
    return Greeted(session, last, known.prove)


@transaction.atomic
def identify(*, session: Session, identity: Identity | None, origin: str, now: datetime) -> Known:
    """Makes the session's contact the one the product names, if that is proven where it must be.

    An anonymous contact becomes that one, with all it did in this browser. A browser that belonged
    to another named contact starts anew with this one; their earlier visits stay theirs.
    """
    keys = live_identity_keys(session.workspace_id)
    if not keys:
        if identity is None:
            return Known(session.contact)
        named = _named_contact(session.workspace_id, identity)
        return Known(_become(session, named, proven_at=None))
    if identity is None:
        return Known(_unproven(session, None))
    try:
        claims = _prove(session, identity, keys, origin, now)
    except NotProven as refused:
        return Known(_unproven(session, identity), prove=refused.why)
    named = _named_contact(session.workspace_id, _as_claimed(identity, claims))
    Contact.objects.filter(pk=named.pk).update(proven_at=now)
    return Known(_become(session, named, proven_at=now))


def _prove(
    session: Session, identity: Identity, keys: list[IdentityKey], origin: str, now: datetime
) -> Claims:
    claims = check_token(
        identity.token, keys=keys, audience=session.workspace.slug, origin=origin, now=now
    )
    if claims.contact != identity.id:
        raise NotProven("invalid", "the token is another contact's")
    bind_token(claims, workspace_id=session.workspace_id, browser_id=session.browser_id)
    return claims


def _as_claimed(identity: Identity, claims: Claims) -> Identity:
    """The page may say how they like to be called; whose money they come with, only the token."""
    account = AccountFacts(claims.account, claims.account_name) if claims.account else None
    name, email = claims.name or identity.name, claims.email or identity.email
    return Identity(id=claims.contact, name=name, email=email, account=account)


def _unproven(session: Session, identity: Identity | None) -> Contact:
    """The contact that stays, or an anonymous one in place of somebody that this may not be."""
    contact = session.contact
    same = identity is None or contact.external_id == identity.id
    proven = Browser.objects.filter(id=session.browser_id, proven_at__isnull=False).exists()
    if contact.external_id is not None and not (same and proven):
        contact = Contact.objects.create(workspace_id=session.workspace_id)
        _become(session, contact, proven_at=None)
    if identity is not None and contact.external_id is None and not contact.name:
        contact.name = identity.name
        contact.save(update_fields=["name"])
    return contact


def _become(session: Session, known: Contact, *, proven_at: datetime | None) -> Contact:
    """The session, its browser and what an anonymous contact did here are `known`'s from now on."""
    previous = session.contact
    browser = Browser.objects.filter(id=session.browser_id)
    if previous.pk == known.pk:
        if proven_at is not None:
            browser.update(proven_at=proven_at)
        return known
    Session.objects.filter(id=session.id).update(contact=known)
    browser.update(contact=known, proven_at=proven_at)
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

"""Decides which contact is at the other end of a socket.

A browser's id is a secret that it made itself; it opens what was said in that browser. If the
workspace has an identity key, what the page says of the contact (`identify`) must be proven by a
token, and nobody becomes a named contact without one. If it has none, the page's word names them to
members and opens their home page, but no conversation.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from vcsm.accounts.identity_keys import live_identity_keys, proof_holds
from vcsm.accounts.models import Account, Browser, Contact, IdentityKey
from vcsm.accounts.proof import Claims, NotProven, Why, bind_token, check_token
from vcsm.events.models import Session
from vcsm.events.sessions import NotYours
from widget.keys import Door
from widget.protocol import AccountFacts, Hello, Identity
from widget.visit import Visit, find_visit, make_visit

TOLD_AGAIN = timedelta(hours=1)
"""How often `told_at` is renewed while the page says nothing new: not every visit writes a row."""


@dataclass(frozen=True, slots=True)
class Known:
    """The contact of a session. `prove` says why a token is asked for; None: it is not."""

    contact: Contact
    prove: Why | None = None


@dataclass(frozen=True, slots=True)
class Greeted:
    visit: Visit
    prove: Why | None

    @property
    def session(self) -> Session:
        return self.visit.session


def greet(*, door: Door, hello: Hello, user_agent: str, now: datetime) -> Greeted:
    """Finds or creates the browser, contact and session of a hello.

    Raises `NotYours` if the session or browser belongs to somebody else.
    """
    visit = _visit(door, hello, user_agent, now)
    session = visit.session
    if (session.workspace_id, session.browser_id) != (door.workspace_id, UUID(hello.browser)):
        raise NotYours
    known = identify(session=session, identity=hello.identity, origin=door.origin, now=now)
    session.contact = known.contact
    return Greeted(visit, known.prove)


def _visit(door: Door, hello: Hello, user_agent: str, now: datetime) -> Visit:
    for _ in range(2):
        found = find_visit(UUID(hello.session), now=now)
        if found is not None:
            return found
        # A session that another tab has created meanwhile is found at the second look.
        with suppress(IntegrityError):
            return make_visit(
                door,
                hello,
                user_agent,
                now,
                newcomer=partial(_newcomer, door.workspace_id, hello.identity, now),
            )
    # The id is taken by a row of another workspace, which cannot be seen from here.
    raise NotYours


def _newcomer(workspace_id: int, identity: Identity | None, now: datetime) -> Contact:
    """Returns the contact of a new browser: the one the page names if its word is enough, otherwise
    an anonymous one, until a token proves who they are."""
    if identity is None or live_identity_keys(workspace_id):
        return Contact.objects.create(workspace_id=workspace_id)
    return _named_contact(workspace_id, identity, now)


def identify(*, session: Session, identity: Identity | None, origin: str, now: datetime) -> Known:
    """Gives the session to the contact whom the product names, if proven where it must be.

    An anonymous contact becomes that one, with all it did in this browser. A browser that belonged
    to another named contact starts anew with this one; earlier visits stay with the other.
    """
    keys = live_identity_keys(session.workspace_id)
    if not keys and (identity is None or _says_nothing_new(session.contact, identity, now)):
        return Known(session.contact)
    with transaction.atomic():
        return _identify(session, identity, keys, origin, now)


def _identify(
    session: Session,
    identity: Identity | None,
    keys: list[IdentityKey],
    origin: str,
    now: datetime,
) -> Known:
    if identity is None:
        return Known(_unproven(session, None))
    if not keys:
        named = _named_contact(session.workspace_id, identity, now)
        return Known(_become(session, named, proven_at=None))
    try:
        claims = _prove(session, identity, keys, origin, now)
    except NotProven as refused:
        return Known(_unproven(session, identity), prove=refused.why)
    named = _named_contact(session.workspace_id, _as_claimed(identity, claims), now)
    Contact.objects.filter(pk=named.pk).update(proven_at=now)
    return Known(_become(session, named, proven_at=now))


def _says_nothing_new(contact: Contact, told: Identity, now: datetime) -> bool:
    """Tells whether all that is told of the contact is known and was told within TOLD_AGAIN."""
    account = contact.account.external_id if contact.account else None
    return (
        contact.external_id == told.id
        and contact.told_at is not None
        and contact.told_at >= now - TOLD_AGAIN
        and told.name in ("", contact.name)
        and told.email in ("", contact.email)
        and (told.account is None or told.account.id == account)
    )


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
    """Returns the claims, with the page's name and e-mail where the token has none.

    The account, which decides whose money a contact stands for, comes from the token alone.
    """
    account = AccountFacts(claims.account, claims.account_name) if claims.account else None
    name, email = claims.name or identity.name, claims.email or identity.email
    return Identity(id=claims.contact, name=name, email=email, account=account)


def _unproven(session: Session, identity: Identity | None) -> Contact:
    """Returns the session's contact, or an anonymous one if this may be somebody else."""
    contact = session.contact
    same = identity is None or contact.external_id == identity.id
    if contact.external_id is not None and not (same and _still_proven(session)):
        contact = Contact.objects.create(workspace_id=session.workspace_id)
        _become(session, contact, proven_at=None)
    if identity is not None and contact.external_id is None and not contact.name:
        contact.name = identity.name
        contact.save(update_fields=["name"])
    return contact


def _still_proven(session: Session) -> bool:
    return proof_holds(session.browser.proven_at, workspace_id=session.workspace_id)


def _become(session: Session, known: Contact, *, proven_at: datetime | None) -> Contact:
    """Gives `known` the session, its browser and all that an anonymous contact did here."""
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


def _named_contact(workspace_id: int, identity: Identity, now: datetime) -> Contact:
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
        defaults={
            "name": identity.name,
            "email": identity.email,
            "account": account,
            "told_at": now,
        },
    )
    told = {"name": identity.name, "email": identity.email, "account": account}
    said = {field: value for field, value in told.items() if value}
    news = any(getattr(contact, field) != value for field, value in said.items())
    if not made and (news or contact.told_at is None or contact.told_at < now - TOLD_AGAIN):
        for field, value in {**said, "told_at": now}.items():
            setattr(contact, field, value)
        contact.save(update_fields=[*said, "told_at"])
    return contact

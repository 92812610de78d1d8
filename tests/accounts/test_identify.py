"""What a socket's identity does to its contact, with identity keys and without."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.accounts.test_proof import good_claims, sign
from tests.cast import NOON, ORIGIN, Cast
from vcsm.accounts.identity_keys import add_identity_key, retire_identity_key
from vcsm.accounts.models import Browser, Contact, IdentityKey
from vcsm.events.models import Session
from widget.identity import Greeted, Known, greet, identify
from widget.keys import Door
from widget.protocol import AccountFacts, Hello, Identity

pytestmark = pytest.mark.django_db

VERA = Identity(id="vera", name="Mallory", account=AccountFacts("kestrel"))


@pytest.fixture
def key(cast: Cast) -> IdentityKey:
    return add_identity_key(workspace_id=cast.acme.pk, now=NOON)[0]


def knock(
    cast: Cast, identity: Identity | None = None, *, browser: str = "", origin: str = ORIGIN
) -> Greeted:
    door = Door(workspace_id=cast.acme.pk, company="", friction_settings={}, origin=origin)
    hello = Hello(session=str(uuid4()), browser=browser or str(uuid4()), at=0, identity=identity)
    return greet(door=door, hello=hello, user_agent="", now=NOON)


def again(session: Session, identity: Identity | None) -> Known:
    fresh = Session.objects.get(pk=session.pk)
    return identify(session=fresh, identity=identity, origin=ORIGIN, now=NOON)


def signed(key: IdentityKey, contact: str = "vera", **more: object) -> Identity:
    token = sign(key, good_claims(sub=contact, **more))
    return Identity(id=contact, account=AccountFacts("somebody-elses"), token=token)


def test_it_works(cast: Cast, key: IdentityKey) -> None:
    greeted = knock(cast, signed(key, account="kestrel"))
    assert (greeted.session.contact, greeted.prove) == (cast.vera, None)
    cast.vera.refresh_from_db()
    assert cast.vera.proven_at == NOON and cast.vera.account == cast.kestrel
    # The browser is theirs now: the next visit needs no new proof to go on.
    browser = str(greeted.session.browser_id)
    assert knock(cast, browser=browser).session.contact == cast.vera


def test_without_a_key_the_pages_word_is_taken_and_said_to_be_unproven(cast: Cast) -> None:
    greeted = knock(cast, Identity(id="vera"))
    assert (greeted.session.contact, greeted.prove) == (cast.vera, None)
    cast.vera.refresh_from_db()
    assert cast.vera.proven_at is None


def test_without_a_token_nobody_is_vera(cast: Cast, key: IdentityKey) -> None:
    greeted = knock(cast, VERA)
    assert greeted.prove == "missing"
    stranger = greeted.session.contact
    assert stranger.external_id is None and stranger.account is None
    cast.vera.refresh_from_db()
    assert cast.vera.name == "Vera"
    known = again(greeted.session, Identity(id="vera", token="a.b.c"))
    assert (known.contact, known.prove) == (stranger, "invalid")


def test_a_token_turns_the_stranger_into_vera_with_what_they_did(
    cast: Cast, key: IdentityKey
) -> None:
    greeted = knock(cast, VERA)
    known = again(greeted.session, signed(key))
    assert (known.contact, known.prove) == (cast.vera, None)
    assert Session.objects.get(pk=greeted.session.pk).contact == cast.vera


def test_bobs_token_does_not_make_vera_of_anybody(cast: Cast, key: IdentityKey) -> None:
    bobs = sign(key, good_claims(sub="bob"))
    assert knock(cast, Identity(id="vera", token=bobs)).prove == "invalid"


def test_a_stolen_token_opens_nothing_in_another_browser(cast: Cast, key: IdentityKey) -> None:
    theirs = signed(key)
    assert knock(cast, theirs).prove is None
    stolen = knock(cast, theirs)
    assert stolen.prove == "invalid" and stolen.session.contact != cast.vera
    elsewhere = signed(key, origin=ORIGIN)
    assert knock(cast, elsewhere, origin="https://evil.example").prove == "invalid"


def test_another_name_in_veras_browser_is_not_vera(cast: Cast, key: IdentityKey) -> None:
    greeted = knock(cast, signed(key))
    known = again(greeted.session, Identity(id="bob"))
    assert known.prove == "missing"
    assert known.contact.external_id is None
    assert not Contact.objects.filter(external_id="bob").exists()
    assert Browser.objects.get(pk=greeted.session.browser_id).contact == known.contact


def test_an_old_token_in_veras_own_browser_changes_nothing(cast: Cast, key: IdentityKey) -> None:
    greeted = knock(cast, signed(key))
    old = Identity(id="vera", name="Mallory", token=signed(key, iat=1, exp=2).token)
    known = again(greeted.session, old)
    assert (known.contact, known.prove) == (cast.vera, "expired")
    cast.vera.refresh_from_db()
    assert cast.vera.name == "Vera"


def test_what_was_unproven_before_the_first_key_is_not_proven_by_it(cast: Cast) -> None:
    greeted = knock(cast, Identity(id="vera"))
    key, _ = add_identity_key(workspace_id=cast.acme.pk, now=NOON)
    browser = str(greeted.session.browser_id)
    assert knock(cast, browser=browser).session.contact != cast.vera
    retire_identity_key(key, now=NOON)
    assert knock(cast, Identity(id="vera")).session.contact == cast.vera


def test_a_retired_key_takes_what_it_has_proven_with_it(cast: Cast, key: IdentityKey) -> None:
    """Whoever had its secret is out again, and Vera proves anew who she is in her own browser."""
    forged = knock(cast, signed(key))
    new, _ = add_identity_key(workspace_id=cast.acme.pk, now=NOON)
    stays = str(forged.session.browser_id)
    assert knock(cast, browser=stays).session.contact == cast.vera
    globex_key, _ = add_identity_key(workspace_id=cast.globex.pk, now=NOON)
    retire_identity_key(globex_key, now=NOON)
    assert knock(cast, browser=stays).session.contact == cast.vera
    retire_identity_key(key, now=NOON)
    told = again(forged.session, Identity(id="vera", token=signed(key).token))
    assert told.prove == "invalid" and told.contact.external_id is None
    assert knock(cast, browser=stays).session.contact.external_id is None
    later = NOON + timedelta(seconds=1)
    hers = Session.objects.get(pk=forged.session.pk)
    known = identify(session=hers, identity=signed(new), origin=ORIGIN, now=later)
    assert (known.contact, known.prove) == (cast.vera, None)
    assert knock(cast, browser=stays).session.contact == cast.vera


def test_a_browser_id_is_still_a_secret_of_its_own(cast: Cast, key: IdentityKey) -> None:
    greeted = knock(cast, signed(key))
    assert isinstance(greeted.session.browser_id, UUID)
    assert knock(cast).session.contact != cast.vera

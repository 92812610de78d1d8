"""Several ids of one person in a history: one contact, whatever is told first."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from tests.cast import NOON, Cast
from tests.problems.test_import_events import line, run
from vcsm.accounts.contact_data import erase_contact
from vcsm.accounts.merge_contacts import merge_contacts
from vcsm.accounts.models import Account, Contact
from vcsm.events.models import Event, Session
from vcsm.friction.models import FrictionSignal
from vcsm.problems.models import Hit, SamePerson
from vcsm.success.models import ChecklistDone, ChecklistItem, Promise

DAY = 86_400


def struggle(day: int, **who: object) -> list[bytes]:
    """Three searches that find nothing."""
    search = {"type": "track", "event": "search", "context": {"page": {"path": "/s"}}, **who}
    return [
        line(day * DAY + 20 * step, **search, properties={"query": f"vat {step}", "results": 0})
        for step in range(1, 4)
    ]


def alias(number: int, previous: object, user: object, **more: object) -> bytes:
    told = {"anonymousId": None, "userId": user, "previousId": previous}
    return line(number, type="alias", **told, **more)


def people(cast: Cast) -> list[str | None]:
    """Who came by, without the cast's own."""
    found = Contact.objects.filter(workspace=cast.acme, sessions__isnull=False).distinct()
    return sorted(found.values_list("external_id", flat=True))  # type: ignore[type-var]


def test_it_works(cast: Cast) -> None:
    """Anna looks around, comes back, and signs in a week later."""
    lines = [
        *struggle(0),
        *struggle(3),
        line(7 * DAY, userId="u1", type="identify", traits={"name": "Anna", "plan": "Pro"}),
        line(7 * DAY + 1, userId="u1", type="group", groupId="g1", traits={"name": "Grove"}),
        line(7 * DAY + 2, userId="u1"),
    ]
    done = run(cast, lines)
    anna = Contact.objects.get(workspace=cast.acme, external_id="u1")
    assert people(cast) == ["u1"]
    assert (done.joined, anna.name, anna.sessions.count()) == (1, "Anna", 3)
    assert FrictionSignal.objects.filter(contact=anna).count() == 2
    hits = Hit.objects.filter(workspace=cast.acme)
    assert hits.exists()
    assert {(one.contact, one.account) for one in hits} == {(anna, anna.account)}


def _rows(cast: Cast) -> object:
    sessions = Session.objects.filter(workspace=cast.acme).order_by("id")
    return (
        people(cast),
        list(sessions.values_list("id", "contact__external_id", "contact__name")),
        Event.objects.filter(workspace=cast.acme).count(),
    )


def test_an_alias_holds_in_any_order_also_run_by_run(cast: Cast) -> None:
    """Three ids of Uma's: a browser's, an e-mail address, and the number she has now."""
    pieces: Sequence[list[bytes]] = [
        [line(1, anonymousId="b"), line(2, anonymousId="b")],
        [line(3, anonymousId=None, userId="u@x", type="identify", traits={"name": "Uma"})],
        [line(4, anonymousId=None, userId="u@x")],
        [alias(5, "b", "u@x")],
        [alias(6, "u@x", 7)],
        [line(7, anonymousId=None, userId=7)],
    ]
    seen = []
    for order in list(permutations(pieces))[::97]:
        for piece in order:
            run(cast, piece)
        seen.append(_rows(cast))
        for contact in Contact.objects.filter(workspace=cast.acme).exclude(pk=cast.vera.pk):
            erase_contact(contact)
        assert not SamePerson.objects.exists()
    run(cast, [one for piece in pieces for one in piece])
    seen.append(_rows(cast))
    assert seen[-1][0] == ["7"]  # type: ignore[index]
    assert all(one == seen[0] for one in seen)


def test_again_joins_nobody_and_makes_nobody_anew(cast: Cast) -> None:
    lines = [line(1), alias(2, "anna", "u1"), line(3, userId="u1")]
    assert run(cast, lines).joined == 2  # the id may be either kind's
    before = _rows(cast)
    again = run(cast, lines)
    assert (again.joined, again.events) == (0, 0)
    assert run(cast, [line(9 * DAY)]).events == 1
    assert people(cast) == ["u1"]
    assert _rows(cast) != before


@pytest.mark.parametrize("told", [("a", "b", "b", "a"), ("a", "a", "a", "a")])
def test_aliases_in_a_circle_are_one_person(cast: Cast, told: tuple[str, str, str, str]) -> None:
    first, second, third, fourth = told
    came = [line(one, anonymousId=None, userId=who) for one, who in enumerate({first, second}, 10)]
    run(cast, [*came, alias(1, first, second), alias(2, third, fourth)])
    assert len(people(cast)) == 1


@pytest.mark.parametrize("previous", [None, "", 0, True, [], {"id": "x"}])
def test_an_alias_of_nobody_tells_nothing(cast: Cast, previous: object) -> None:
    done = run(cast, [line(1), alias(2, previous, "u1"), line(3, userId="u2", anonymousId=None)])
    assert (done.unreadable, done.joined, SamePerson.objects.count()) == (0, 0, 0)
    assert people(cast) == ["anonymous:anna", "u2"]


def test_a_browser_that_two_sign_in_with_is_the_firsts_and_they_stay_two(cast: Cast) -> None:
    lines = [
        line(1),
        line(3, userId="second"),
        line(2, userId="first"),
        line(4),
        alias(5, "anna", "second"),
    ]
    run(cast, lines)
    run(cast, [line(DAY)])
    assert people(cast) == ["first", "second"]
    assert Contact.objects.get(external_id="first").sessions.count() == 3


def test_whom_the_product_has_told_of_is_not_taken_for_another(cast: Cast) -> None:
    uma = Contact.objects.create(workspace=cast.acme, external_id="u1", name="Uma", told_at=NOON)
    run(cast, [line(1, userId="u1"), alias(2, "u1", "u2"), line(3, anonymousId=None, userId="u2")])
    assert people(cast) == ["u1", "u2"]
    run(cast, [line(4, anonymousId="c"), alias(5, "c", "u1")])
    assert uma.sessions.count() == 2
    uma.refresh_from_db()
    assert (uma.name, uma.told_at) == ("Uma", NOON)


def test_another_workspace_knows_nothing_of_it(cast: Cast) -> None:
    run(cast, [line(1), alias(2, "anna", "u1")])
    globex = Cast(**{**vars(cast), "acme": cast.globex})
    run(globex, [line(1)])
    assert people(globex) == ["anonymous:anna"]


def test_what_members_wrote_goes_along(cast: Cast) -> None:
    grove = Account.objects.create(workspace=cast.acme, external_id="g", name="Grove")
    old = Contact.objects.create(
        workspace=cast.acme, external_id="old", name="Old", email="o@x.example", account=grove
    )
    item = ChecklistItem.objects.create(workspace=cast.acme, title="Invite", position=1)
    for contact in (old, cast.vera):
        ChecklistDone.objects.create(item=item, contact=contact, at=NOON, seen=True)
    Promise.objects.create(workspace=cast.acme, contact=old, text="We call you", made_at=NOON)
    session = cast.session(old)
    merge_contacts({old: cast.vera})
    cast.vera.refresh_from_db()
    session.refresh_from_db()
    assert not Contact.objects.filter(external_id="old").exists()
    assert (cast.vera.name, cast.vera.email) == ("Vera", "o@x.example")
    assert cast.vera.account == cast.kestrel
    assert session.contact == session.browser.contact == cast.vera
    assert ChecklistDone.objects.filter(item=item).count() == 1
    assert Promise.objects.get().contact == cast.vera

"""A browser's id opens what was said in it: members, who may see everything said, are never told
it, and so cannot speak as the contact."""

import json

import pytest
from django.test import Client

from tests.cast import Cast
from tests.isolation.calls import addresses, places
from tests.isolation.material import read_material
from tests.isolation.scene import make_split
from vcsm.accounts.contact_data import export_contact
from vcsm.accounts.models import Browser

pytestmark = pytest.mark.django_db


def test_no_address_tells_a_member_the_id_of_a_contacts_browser(cast: Cast, bob: Client) -> None:
    make_split(cast)
    acme = read_material(cast.acme.pk, known_to=cast.globex.pk)
    secrets = {str(pk) for pk in Browser.objects.values_list("pk", flat=True)}
    told, answered = [], 0
    for address in addresses():
        if "get" not in address.methods or "logout" in address.route:
            continue
        for place in places(address, acme):
            answer = bob.get(place, {"q": "zanzibar1", "period": "30d"})
            said = answer.getvalue().decode(errors="replace")
            answered += answer.status_code == 200
            told += [f"{place}: {one}" for one in secrets if one in said and one not in place]
    assert told == []
    assert answered > 30


def test_an_export_tells_browsers_apart_without_naming_them(cast: Cast) -> None:
    session, other = cast.session(), cast.session()
    written = export_contact(cast.vera)
    assert str(session.browser_id) not in json.dumps(written)
    named = {row["id"] for row in written["accounts.browser"]}
    assert len(named) == 2
    assert {row["browser_id"] for row in written["events.session"]} == named
    assert session.browser_id != other.browser_id

"""The pass to inspect a page with, and what it opens."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from django.conf import settings

from tests.cast import NOON, Cast
from tests.console.conftest import signed_in
from tests.console.scene import add_signal
from tests.reports.test_friction import count
from vcsm.accounts.models import Member
from vcsm.reports.overlay import GOOD_FOR, NoPass, check_pass, make_pass, spots_of


def test_it_works(cast: Cast) -> None:
    for key, kind in (("a", "rage"), ("b", "dead")):
        add_signal(cast.session(), key=key, kind=kind)
    add_signal(cast.session(), key="c", page="/other")
    count(cast)

    spots = spots_of(workspace_id=cast.acme.pk, page="/reports", until=NOON + timedelta(hours=1))

    assert {(spot.element, spot.kind, spot.sessions, spot.seen) for spot in spots} == {
        ("export", "rage", 1, 2),
        ("export", "dead", 1, 2),
    }
    assert spots_of(workspace_id=cast.globex.pk, page="/reports", until=NOON) == []


def test_a_pass_is_for_one_workspace_a_while_and_a_member_who_is_there(cast: Cast) -> None:
    token = make_pass(cast.alice, now=NOON)
    mine = {"workspace_id": cast.acme.pk}

    check_pass(token, **mine, now=NOON + GOOD_FOR - timedelta(seconds=1))
    with pytest.raises(NoPass, match="run out"):
        check_pass(token, **mine, now=NOON + GOOD_FOR)
    with pytest.raises(NoPass, match="another workspace"):
        check_pass(token, workspace_id=cast.globex.pk, now=NOON)
    Member.objects.filter(pk=cast.alice.pk).update(left_at=NOON)
    with pytest.raises(NoPass, match="has left"):
        check_pass(token, **mine, now=NOON)


def test_what_we_did_not_sign_for_this_is_no_pass(cast: Cast) -> None:
    good = jwt.decode(make_pass(cast.alice, now=NOON), options={"verify_signature": False})
    for token in (
        "",
        "x.y.z",
        jwt.encode(good, "somebody else's secret, long enough", algorithm="HS256"),
        jwt.encode(good, None, algorithm="none"),
        jwt.encode(good | {"aud": "else"}, settings.SECRET_KEY, algorithm="HS256"),
    ):
        with pytest.raises(NoPass, match="not valid"):
            check_pass(token, workspace_id=cast.acme.pk, now=NOON)


def test_the_console_gives_a_pass_with_the_origins_a_link_can_be_made_of(cast: Cast) -> None:
    cast.key.origins = ["https://app.test", "http://localhost:*"]
    cast.key.save()

    answer = signed_in(cast.alice).post("/console/api/friction/inspect").json()

    assert answer["origins"] == ["https://app.test"]
    check_pass(answer["token"], workspace_id=cast.acme.pk, now=datetime.now(UTC))

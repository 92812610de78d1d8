"""Signing in: password, second factor, limits; what is between the two opens nothing."""

import json
import time
from datetime import timedelta
from uuid import uuid4

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, Cast
from vcsm.accounts.limits import Limit, wait_for
from vcsm.accounts.models import Member, RecoveryCode, SecondFactor
from vcsm.accounts.second_factor import (
    begin_second_factor,
    check_second_factor,
    confirm_second_factor,
    has_second_factor,
)
from vcsm.audit.models import Entry
from vcsm.core.sealed import unseal

pytestmark = pytest.mark.django_db


def app_of(member: Member) -> pyotp.TOTP:
    return pyotp.TOTP(unseal(SecondFactor.objects.get(user=member.user).sealed))


def turn_on(member: Member) -> list[str]:
    """Confirmed a while ago, so that the code of now is unused."""
    earlier = timezone.now() - timedelta(hours=1)
    begin_second_factor(member.user, now=earlier)
    codes = confirm_second_factor(member.user, app_of(member).at(earlier), now=earlier)
    assert codes
    return codes


def give_password(cast: Cast, **more: str) -> Client:
    client = Client(REMOTE_ADDR=f"10.0.0.{uuid4().int % 250}", **more)
    client.post("/console/login", {"username": cast.alice.user.username, "password": PASSWORD})
    return client


def signed_in(client: Client) -> bool:
    return client.get("/console/api/me").status_code == 200


def test_it_works(cast: Cast) -> None:
    assert signed_in(give_password(cast))
    turn_on(cast.alice)
    client = give_password(cast)
    assert not signed_in(client)
    assert b"One more step" in client.get("/console/login/code").content
    done = client.post("/console/login/code", {"code": app_of(cast.alice).now()})
    assert done.status_code == 302 and signed_in(client)
    assert Entry.objects.filter(kind="sign_in", subject=f"member:{cast.alice.pk}").count() == 2


def test_a_member_turns_it_on_and_off(cast: Cast) -> None:
    client = give_password(cast)
    page = client.get("/console/second-factor").content.decode()
    assert "data:image/svg+xml" in page and app_of(cast.alice).secret in page
    wrong = client.post("/console/second-factor", {"code": "000000"})
    assert b"not right" in wrong.content and b"shown again" not in wrong.content
    code = app_of(cast.alice).now()
    on = client.post("/console/second-factor", {"code": code}).content.decode()
    assert on.count("<li><code>") == 10
    # The code was used up by turning it on.
    off = client.post("/console/second-factor", {"code": code})
    assert b"not right" in off.content
    recovery = on.partition("<li><code>")[2].partition("<")[0]
    client.post("/console/second-factor", {"code": recovery})
    assert not has_second_factor(cast.alice.user)
    kinds = Entry.objects.filter(kind="second_factor").order_by("pk").values_list("body", flat=True)
    assert [json.loads(body)["on"] for body in kinds] == [True, False]


def test_no_code_is_good_twice(cast: Cast) -> None:
    codes, now = turn_on(cast.alice), timezone.now()
    code = app_of(cast.alice).at(now)
    assert check_second_factor(cast.alice.user, code, now=now)
    assert not check_second_factor(cast.alice.user, code, now=now)
    assert check_second_factor(cast.alice.user, codes[0], now=now)
    assert not check_second_factor(cast.alice.user, codes[0], now=now)
    assert not check_second_factor(cast.charlie.user, codes[1], now=now)
    assert RecoveryCode.objects.filter(user=cast.alice.user, used_at=None).count() == 9


@pytest.mark.parametrize("code", ["", "123456", "12345a", "١٢٣٤٥٦", "0" * 400, "\x00", "None"])
def test_a_wrong_code_opens_nothing(cast: Cast, code: str) -> None:
    turn_on(cast.alice)
    client = give_password(cast)
    assert client.post("/console/login/code", {"code": code}).status_code == 200
    assert not signed_in(client)


def test_codes_are_limited(cast: Cast) -> None:
    turn_on(cast.alice)
    client = give_password(cast)
    answers = [client.post("/console/login/code", {"code": "000000"}).status_code for _ in range(7)]
    assert answers[:4] == [200] * 4 and answers[-1] == 429
    right = client.post("/console/login/code", {"code": app_of(cast.alice).now()})
    assert right.status_code == 429 and not signed_in(client)


def test_the_half_way_house_closes_after_some_minutes(cast: Cast) -> None:
    turn_on(cast.alice)
    client = give_password(cast)
    session = client.session
    session["vcsm_half_signed_in"] = [
        cast.alice.user.pk,
        (timezone.now() - timedelta(minutes=6)).isoformat(),
    ]
    session.save()
    assert client.post("/console/login/code", {"code": app_of(cast.alice).now()}).url == (
        "/console/login"
    )
    assert Client().get("/console/login/code").status_code == 302


def test_wrong_passwords_are_limited_and_right_ones_cost_nothing(cast: Cast) -> None:
    address = f"10.1.{uuid4().int % 250}.{uuid4().int % 250}"
    client = Client(REMOTE_ADDR=address)
    told = {"username": f"{cast.bob.user.username}-{uuid4().hex}", "password": "wrong"}
    answers = [client.post("/console/login", told).status_code for _ in range(12)]
    assert answers[:10] == [200] * 10 and answers[-1] == 429
    assert b"Too many tries" in client.post("/console/login", told).content
    # Somebody else behind the same address signs in.
    right = {"username": cast.alice.user.username, "password": PASSWORD}
    assert client.post("/console/login", right).status_code == 302


def test_a_share_refills_and_is_each_ones_own() -> None:
    # Over an hour: a busy machine takes its time for four questions.
    limit = Limit(f"test-{uuid4()}", 3, 3_600)
    assert [wait_for(limit, "a") > 0 for _ in range(4)] == [False] * 3 + [True]
    assert wait_for(limit, "b") == 0
    assert wait_for(limit, "c", take=False) == 0 == wait_for(limit, "c", take=False)
    brief = Limit(f"test-{uuid4()}", 1, 0.02)
    assert wait_for(brief, "a") == 0
    time.sleep(2 * brief.seconds)
    assert wait_for(brief, "a") == 0


def test_limits_refuse_nobody_while_valkey_is_away(settings: object) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]
    assert [wait_for(Limit("away", 1, 60), "a") for _ in range(3)] == [0.0] * 3

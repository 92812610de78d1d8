"""Signing in: password, second factor, limits; what is between the two opens nothing."""

import json
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pyotp
import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
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
from vcsm.console import sign_in
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
    assert not has_second_factor(cast.alice.user_id)
    kinds = Entry.objects.filter(kind="second_factor").order_by("pk").values_list("body", flat=True)
    assert [json.loads(body)["on"] for body in kinds] == [True, False]


def test_a_workspace_asks_everybody_for_one(cast: Cast) -> None:
    alice, bob, charlie = (console_of(one) for one in (cast.alice, cast.bob, cast.charlie))
    # Whoever asks has one: nobody shuts out themselves.
    assert ask_everybody(bob, asked=True).status_code == 400
    turn_on(cast.bob)
    assert ask_everybody(alice, asked=True).status_code == 403
    assert ask_everybody(bob, asked=True).json()["second_factor_required"]
    refused = alice.get("/console/api/me")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_needed")
    assert alice.get("/console/queue").headers["Location"] == "/console/second-factor"
    assert signed_in(bob) and signed_in(charlie)
    assert b"asks everybody" in alice.get("/console/second-factor").content
    alice.post("/console/second-factor", {"code": app_of(cast.alice).now()})
    assert signed_in(alice)
    assert not ask_everybody(bob, asked=False).json()["second_factor_required"]
    told = Entry.objects.filter(kind="settings", subject="settings:second_factor").order_by("pk")
    assert [json.loads(one.body)["asked"] for one in told] == [True, False]


def test_an_admin_takes_it_off_who_has_lost_their_phone(cast: Cast) -> None:
    alice, bob = console_of(cast.alice), console_of(cast.bob)
    for member in (cast.alice, cast.bob, cast.charlie):
        turn_on(member)
    assert take_off(alice, cast.bob).status_code == 403
    assert take_off(bob, cast.bob).status_code == 400
    assert take_off(bob, cast.charlie).status_code == 404
    lines = take_off(bob, cast.alice).json()["members"]
    assert {line["member"]["name"]: line["second_factor"] for line in lines} == {
        "Alice": False,
        "Bob": True,
    }
    assert signed_in(give_password(cast))
    assert has_second_factor(cast.charlie.user_id)
    told = Entry.objects.get(kind="member", subject=f"member:{cast.alice.pk}")
    assert json.loads(told.body)["done"] == "second factor taken off"


def test_a_shell_takes_it_off_the_only_admin(cast: Cast) -> None:
    turn_on(cast.bob)
    name = cast.bob.user.username
    call_command("take_off_second_factor", name)
    assert not has_second_factor(cast.bob.user_id)
    told = Entry.objects.get(kind="second_factor", subject=f"member:{cast.bob.pk}")
    assert told.actor == "whoever has a shell"
    for nobody in (name, "nobody"):
        with pytest.raises(CommandError):
            call_command("take_off_second_factor", nobody)


def console_of(member: Member) -> Client:
    """A console of before: signed in whatever is asked since."""
    client = Client()
    client.force_login(member.user)
    return client


def ask_everybody(client: Client, *, asked: bool) -> Any:
    body = {"asked": asked}
    address = "/console/api/setup/second-factor"
    return client.post(address, body, content_type="application/json")


def take_off(client: Client, member: Member) -> Any:
    return client.post(f"/console/api/setup/members/{member.pk}/second-factor")


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


@pytest.fixture
def spent_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small shares that do not refill while a test runs, however slow the machine."""
    day = 86_400
    monkeypatch.setattr(sign_in, "SIGN_IN_PAIR", Limit("test-pair", 4, day))
    monkeypatch.setattr(sign_in, "SIGN_IN_NAME", Limit("test-name", 6, day))
    monkeypatch.setattr(sign_in, "SIGN_IN_KNOWN", Limit("test-known", 3, day))


@pytest.mark.usefixtures("spent_for_a_day")
@pytest.mark.parametrize("disguise", [" {}", "{}\t", "\u3000{}", "full"])
def test_another_spelling_of_a_name_has_no_share_of_its_own(cast: Cast, disguise: str) -> None:
    member = cast.alice if disguise == "full" else cast.bob
    plain = f"{uuid4().hex}x"
    User.objects.filter(pk=member.user_id).update(username=plain)
    # Django folds what it is given (NFKC) and cuts blanks off before it looks a name up.
    spelt = plain[:-1] + "\uff58" if disguise == "full" else disguise.format(plain)
    right = Client(REMOTE_ADDR="10.2.0.1").post(
        "/console/login", {"username": spelt, "password": PASSWORD}
    )
    assert right.status_code == 302
    client = Client(REMOTE_ADDR=f"10.2.{uuid4().int % 250}.{uuid4().int % 250}")
    for name in [plain, spelt] * 2:
        client.post("/console/login", {"username": name, "password": "wrong"})
    for name in (plain, spelt):
        told = {"username": name, "password": PASSWORD}
        assert client.post("/console/login", told).status_code == 429
    assert Entry.objects.filter(kind="sign_in_failed", subject=f"member:{member.pk}").exists()


@pytest.mark.parametrize("name", ["", "a\x00b", "a" * 10_000])
def test_what_is_no_name_is_told_so(cast: Cast, name: str) -> None:
    told = {"username": name, "password": "wrong"}
    assert Client(REMOTE_ADDR="10.2.0.2").post("/console/login", told).status_code == 200


def fail(name: str, times: int, *, client: Client | None = None) -> list[int]:
    """Statuses of wrong passwords; without a client each from an address of its own."""
    told = {"username": name, "password": "wrong"}
    elsewhere = (f"10.3.{n}.{uuid4().int % 250}" for n in range(times))
    clients = (client or Client(REMOTE_ADDR=address) for address in elsewhere)
    return [one.post("/console/login", told).status_code for one in clients]


def enter(client: Client, name: str, password: str = PASSWORD) -> int:
    return client.post("/console/login", {"username": name, "password": password}).status_code


def renamed(member: Member) -> str:
    """Counts in Valkey outlive a test: each has a name of its own."""
    User.objects.filter(pk=member.user_id).update(username=uuid4().hex)
    member.user.refresh_from_db()
    return member.user.get_username()


@pytest.mark.usefixtures("spent_for_a_day")
def test_strangers_do_not_lock_a_member_out_of_a_browser_they_know(cast: Cast) -> None:
    name, other = renamed(cast.alice), renamed(cast.bob)
    hers, colleagues = Client(REMOTE_ADDR="10.3.0.1"), Client(REMOTE_ADDR="10.3.0.2")
    assert (enter(hers, name), enter(colleagues, other)) == (302, 302)
    for client in (hers, colleagues):
        client.post("/console/logout")
    assert fail(name, 7)[-1] == 429
    assert enter(Client(REMOTE_ADDR="10.3.0.3"), name) == 429
    # That a browser is known to a colleague says nothing of her.
    assert enter(colleagues, name) == 429
    assert enter(hers, name) == 302
    hers.post("/console/logout")
    # Her own browser is no place to guess for ever.
    assert fail(name, 4, client=hers)[-1] == 429
    assert enter(hers, name) == 429


def test_who_tries_many_at_the_same_moment_has_no_more_tries(
    spent_for_a_day: None, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    name, looked_at = uuid4().hex, []
    look = AuthenticationForm.clean

    def look_slowly(form: AuthenticationForm) -> Any:
        looked_at.append(name)
        if len(looked_at) < 12:
            # The next one comes while this password is still being looked at.
            address = f"10.4.{len(looked_at)}.{uuid4().int % 250}"
            fail(name, 1, client=Client(REMOTE_ADDR=address))
        return look(form)

    monkeypatch.setattr(AuthenticationForm, "clean", look_slowly)
    fail(name, 1)
    assert len(looked_at) == 6


def test_right_passwords_give_back_what_was_taken(cast: Cast, spent_for_a_day: None) -> None:
    name = renamed(cast.alice)
    clients = [Client(REMOTE_ADDR="10.3.0.7") for _ in range(8)]
    assert [enter(client, name) for client in clients] == [302] * 8
    # What one share has no more of costs the others nothing.
    assert fail(name, 9, client=Client(REMOTE_ADDR="10.3.0.8"))[3:] == [200] + [429] * 5
    assert fail(name, 3, client=Client(REMOTE_ADDR="10.3.0.9")) == [200, 200, 429]


def test_an_address_that_strangers_have_spent_is_no_obstacle_where_one_is_known(
    cast: Cast, spent_for_a_day: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, other = renamed(cast.alice), renamed(cast.bob)
    monkeypatch.setattr(sign_in, "SIGN_IN_ADDRESS", Limit(f"test-{name}", 3, 86_400))
    here = "10.3.0.6"
    hers = Client(REMOTE_ADDR=here)
    assert enter(hers, name) == 302
    hers.post("/console/logout")
    for _ in range(3):
        fail(uuid4().hex, 1, client=Client(REMOTE_ADDR=here))
    assert enter(Client(REMOTE_ADDR=here), other) == 429
    assert enter(hers, name) == 302


@pytest.mark.usefixtures("spent_for_a_day")
def test_a_new_password_and_half_a_sign_in_make_no_browser_known(cast: Cast) -> None:
    name = renamed(cast.alice)
    before, halfway = Client(REMOTE_ADDR="10.3.0.4"), Client(REMOTE_ADDR="10.3.0.5")
    assert enter(before, name) == 302
    cast.alice.user.set_password("another one, as long")
    cast.alice.user.save()
    turn_on(cast.alice)
    assert enter(halfway, name, "another one, as long") == 302
    assert fail(name, 7)[-1] == 429
    for client in (before, halfway):
        client.cookies.pop("sessionid", None)
        assert enter(client, name, "another one, as long") == 429


def test_what_says_that_a_browser_is_known_is_kept_from_scripts(cast: Cast) -> None:
    turn_on(cast.alice)
    client = give_password(cast)
    assert "vcsm_known_browser" not in client.cookies
    client.post("/console/login/code", {"code": app_of(cast.alice).now()})
    kept = client.cookies["vcsm_known_browser"]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/console/login")
    assert cast.alice.user.get_username() not in kept.value


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

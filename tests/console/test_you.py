"""A member's own account: another password, and where they are signed in."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, Cast
from tests.console.test_sign_in import app_of, renamed, turn_on
from vcsm.accounts.models import Member, SignIn
from vcsm.accounts.sign_ins import forget_expired_sign_ins, note_seen
from vcsm.audit.models import Entry
from vcsm.console.browser_words import browser_words

pytestmark = pytest.mark.django_db

NEW = "quite another horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def enter(member: Member, password: str = PASSWORD, *, agent: str = FIREFOX) -> Client:
    client = Client(REMOTE_ADDR=f"10.9.0.{uuid4().int % 250}", HTTP_USER_AGENT=agent)
    name = User.objects.get(pk=member.user_id).get_username()
    client.post("/console/login", {"username": name, "password": password})
    return client


def change(client: Client, *, current: str = PASSWORD, new: str = NEW, **more: Any) -> Any:
    body = {"current": current, "new": new}
    return client.post("/console/api/you/password", body, content_type="application/json", **more)


def is_in(client: Client) -> bool:
    return client.get("/console/api/me").status_code == 200


def notes(member: Member, kind: str) -> list[Any]:
    rows = Entry.objects.filter(kind=kind, subject=f"member:{member.pk}").order_by("pk")
    return [json.loads(row.body) for row in rows]


@pytest.fixture
def alice(cast: Cast) -> Iterator[Member]:
    """Counts in Valkey outlive a test: hers are under a name of her own."""
    renamed(cast.alice)
    yield cast.alice


def test_it_works(alice: Member) -> None:
    here, elsewhere = enter(alice), enter(alice)
    changed = change(here)
    assert changed.status_code == 200, changed.content
    assert [one["this"] for one in changed.json()["browsers"]] == [True]
    assert is_in(here) and not is_in(elsewhere)
    assert not is_in(enter(alice)) and is_in(enter(alice, NEW))
    assert notes(alice, "password") == [{"how": "changed"}]


def test_a_copy_of_the_cookie_from_before_is_good_for_seconds(alice: Member) -> None:
    """The browser's own other tabs must not be signed out before the new one has come."""
    here, copy = enter(alice), Client()
    copy.cookies["sessionid"] = here.cookies["sessionid"].value
    change(here)
    assert is_in(copy) and is_in(here)
    old = SignIn.objects.filter(pk=copy.cookies["sessionid"].value)
    assert old.get().expire_date < timezone.now() + timedelta(seconds=11)
    old.update(expire_date=timezone.now())
    assert not is_in(copy) and is_in(here)
    # Nor does it outlive what ends them all.
    copy.cookies["sessionid"] = here.cookies["sessionid"].value
    here.post("/console/api/you/sign-out-elsewhere")
    assert is_in(copy)
    here.post("/console/api/you/sign-out-elsewhere")
    assert not is_in(copy)


def test_what_is_shown(cast: Cast, alice: Member) -> None:
    User.objects.filter(pk=alice.user_id).update(email="alice@acme.example")
    client = enter(alice)
    enter(alice, agent="curl/8")
    enter(cast.bob)
    seen = client.get("/console/api/you")
    you = seen.json()
    assert (you["name"], you["email"], you["role"]) == ("Alice", "alice@acme.example", "csm")
    assert "8 characters" in " ".join(you["rules"])
    assert {one["browser"] for one in you["browsers"]} == {
        "Firefox on Linux",
        "A browser that says no name",
    }
    assert "no-store" in seen.headers["Cache-Control"]
    keys = SignIn.objects.values_list("session_key", flat=True)
    assert not [key for key in keys if key in seen.content.decode()]


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("wrong", NEW, "not your current password"),
        (PASSWORD, "short", "too short"),
        (PASSWORD, "password1", "too common"),
        (PASSWORD, PASSWORD, "have already"),
        (PASSWORD, "x" * 201, "no more than 200"),
        (PASSWORD, "half\x00way there", "Null characters"),
        (PASSWORD, "", "blank"),
    ],
)
def test_what_is_refused_changes_nothing(alice: Member, current: str, new: str, said: str) -> None:
    here, elsewhere = enter(alice), enter(alice)
    refused = change(here, current=current, new=new)
    assert refused.status_code == 400 and said in refused.content.decode()
    assert is_in(here) and is_in(elsewhere) and is_in(enter(alice))


def test_who_sits_at_their_desk_does_not_guess_for_long(alice: Member) -> None:
    client = enter(alice)
    tries = [change(client, current="wrong").status_code for _ in range(6)]
    assert tries == [400] * 5 + [429]
    waited = change(client)
    assert waited.status_code == 429 and "Try again in" in waited.json()["detail"]
    assert int(waited.headers["Retry-After"]) > 0
    # One note a minute, so that guessing does not fill the chain.
    assert notes(alice, "sign_in_failed") == [{"signed_in": True}]


def test_a_foreign_page_changes_no_password(alice: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user)
    assert change(client).status_code == 403
    assert change(Client()).status_code == 403
    assert is_in(enter(alice))


def half_way(member: Member) -> Client:
    client = enter(member)
    assert not is_in(client)
    assert client.get("/console/login/code").status_code == 200
    return client


def gives_code(client: Client, member: Member) -> bool:
    client.post("/console/login/code", {"code": app_of(member).now()})
    return is_in(client)


def test_a_half_finished_sign_in_ends_with_the_password(alice: Member) -> None:
    here = Client()
    here.force_login(alice.user)
    turn_on(alice)
    waiting = half_way(alice)
    # Not shown as signed in, and ended all the same.
    assert len(here.get("/console/api/you").json()["browsers"]) == 1
    assert change(here).status_code == 200
    assert not gives_code(waiting, alice)
    assert gives_code(enter(alice, NEW), alice)


def test_a_password_from_a_shell_lets_no_half_finished_sign_in_through(alice: Member) -> None:
    turn_on(alice)
    waiting = half_way(alice)
    user = User.objects.get(pk=alice.user_id)
    user.set_password(NEW)
    user.save()
    assert not gives_code(waiting, alice)


def test_a_second_factor_turned_on_or_off_ends_the_others(alice: Member) -> None:
    here, elsewhere = enter(alice), enter(alice)
    here.get("/console/second-factor")
    on = here.post("/console/second-factor", {"code": app_of(alice).now()})
    recovery = on.content.decode().partition("<li><code>")[2].partition("<")[0]
    assert is_in(here) and not is_in(elsewhere)
    waiting = half_way(alice)
    here.post("/console/second-factor", {"code": recovery})
    assert is_in(here) and waiting.get("/console/login/code").status_code == 302


def test_an_admin_who_takes_it_off_signs_the_member_out(cast: Cast, alice: Member) -> None:
    hers, bob, charlie = enter(alice), enter(cast.bob), enter(cast.charlie)
    turn_on(alice)
    waiting = half_way(alice)
    taken = f"/console/api/setup/members/{alice.pk}/second-factor"
    assert charlie.post(taken).status_code == 404 and is_in(hers)
    assert bob.post(taken).status_code == 200
    assert not is_in(hers) and is_in(bob) and is_in(charlie)
    assert waiting.get("/console/login/code").status_code == 302


def test_signing_out_everywhere_else(cast: Cast, alice: Member) -> None:
    here, elsewhere, bob = enter(alice), enter(alice), enter(cast.bob)
    left = here.post("/console/api/you/sign-out-elsewhere").json()["browsers"]
    assert [one["this"] for one in left] == [True]
    assert is_in(here) and not is_in(elsewhere) and is_in(bob)
    assert notes(alice, "sign_out") == [{"elsewhere": 1}]


def test_where_a_member_is_signed_in_is_kept_no_longer_than_they_are(alice: Member) -> None:
    client, now = enter(alice), timezone.now()
    key = client.cookies["sessionid"].value
    note_seen(key, now=now + timedelta(seconds=30))
    assert SignIn.objects.get(pk=key).seen_at < now + timedelta(seconds=30)
    note_seen(key, now=now + timedelta(minutes=5))
    assert SignIn.objects.get(pk=key).seen_at == now + timedelta(minutes=5)
    assert forget_expired_sign_ins(now=now) == 0
    client.post("/console/logout")
    assert not SignIn.objects.filter(user=alice.user).exists()
    enter(alice)
    assert forget_expired_sign_ins(now=now + timedelta(hours=13)) >= 1
    assert not SignIn.objects.filter(user=alice.user).exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/120 Safari/537 Edg/120", "Edge on Wind"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Version/17 Safari/6", "an iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/120 Mobile Safari/5", "on Android"),
        ("<script>alert(1)</script>", "A browser that says no name"),
        ("", "A browser that says no name"),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert words in browser_words(agent)

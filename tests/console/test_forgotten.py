"""A forgotten password: a link by e-mail that holds once, for half an hour, and tells nobody
anything."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, Cast
from tests.console.conftest import signed_in
from tests.console.test_sign_in import app_of, renamed, turn_on
from tests.console.test_you import NEW, enter, is_in, notes
from vcsm.accounts.models import Member
from vcsm.core import queue
from vcsm.setup.models import PasswordLink
from vcsm.setup.password_links import NOBODY, send_password_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whom the worker is asked to write to; the request itself sends nothing."""
    asked: list[Any] = []
    monkeypatch.setattr(
        queue.app, "send_task", lambda name, kwargs, **_: asked.append(kwargs["member_id"])
    )
    return asked


@pytest.fixture
def alice(
    cast: Cast,
    settings: Any,
    sent: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Member:
    monkeypatch.setattr("vcsm.core.queue.transaction.on_commit", lambda act, **_: act())
    settings.SMTP_URL = "smtp://mail.test"
    settings.VCSM_ADDRESS = "https://vcsm.example/"
    renamed(cast.alice)
    User.objects.filter(pk=cast.alice.user_id).update(email=f"{uuid4().hex}@acme.example")
    cast.alice.user.refresh_from_db()
    return cast.alice


def ask(name: str, client: Client | None = None) -> Any:
    client = client or Client(REMOTE_ADDR=f"10.11.{uuid4().int % 250}.{uuid4().int % 250}")
    return client.post("/console/forgotten", {"name": name})


def link_of(member: Member, *, now: datetime | None = None) -> str:
    """What the worker sends, and the address in it on this server."""
    send_password_link(member_id=member.pk, now=now or timezone.now())
    found = re.search(r"https://vcsm\.example(/console/new-password/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def choose(link: str, password: str = NEW, again: str = "") -> Any:
    return Client().post(link, {"password": password, "again": again or password})


def test_it_works(alice: Member, sent: list[Any]) -> None:
    hers = enter(alice)
    assert ask(alice.user.email.upper()).status_code == 200
    assert sent == [alice.pk] and not mail.outbox
    link = link_of(alice)
    assert mail.outbox[0].to == [alice.user.email]
    opened = Client().get(link)
    assert opened.status_code == 200 and opened.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened.headers["Cache-Control"]
    assert b"new password holds" in choose(link).content
    assert not is_in(hers) and not is_in(enter(alice)) and is_in(enter(alice, NEW))
    assert [one["how"] for one in notes(alice, "password")] == ["link sent", "chosen by a link"]
    # Once.
    assert Client().get(link).status_code == 404
    assert choose(link, "and yet another horse").status_code == 404
    assert is_in(enter(alice, NEW))


def test_it_says_the_same_of_everybody(cast: Cast, alice: Member, sent: list[Any]) -> None:
    gone = cast.bob
    User.objects.filter(pk=gone.user_id).update(email="bob@acme.example")
    Member.objects.filter(pk=gone.pk).update(left_at=timezone.now())
    names = [alice.user.get_username(), uuid4().hex, "bob@acme.example"]
    names.append(cast.charlie.user.get_username())  # whose address is not known
    answers = [re.sub(rb'value="[^"]{60,}"', b"", ask(name).content) for name in names]
    assert len(set(answers)) == 1
    assert sent == [alice.pk, NOBODY, NOBODY, NOBODY]


def test_a_link_signs_nobody_in_past_their_second_factor(alice: Member) -> None:
    turn_on(alice)
    choose(link_of(alice))
    client = enter(alice, NEW)
    assert not is_in(client)
    client.post("/console/login/code", {"code": app_of(alice).now()})
    assert is_in(client)


@pytest.mark.parametrize(
    "token", ["1", "1.", ".x", "1.abc", "٣.abc", "9" * 40 + ".x", "null", "%00"]
)
def test_what_is_no_link_is_told_so(alice: Member, token: str) -> None:
    link_of(alice)
    assert Client().get(f"/console/new-password/{token}").status_code == 404
    assert choose(f"/console/new-password/{token}").status_code == 404


def test_a_link_is_one_members_own(cast: Cast, alice: Member) -> None:
    User.objects.filter(pk=cast.bob.user_id).update(email="bob@acme.example")
    hers, his = link_of(alice), link_of(cast.bob)
    number = re.search(r"new-password/(\d+)\.", his)
    assert number
    forged = re.sub(r"/\d+\.", f"/{number[1]}.", hers)
    assert choose(forged).status_code == 404
    assert is_in(enter(cast.bob))


def test_it_holds_for_half_an_hour_and_only_the_newest_does(alice: Member) -> None:
    now = timezone.now()
    old = link_of(alice, now=now - timedelta(minutes=31))
    assert Client().get(old).status_code == 404
    first = link_of(alice, now=now - timedelta(minutes=3))
    assert Client().get(first).status_code == 200
    second = link_of(alice, now=now)
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200
    # Another password ends it, however that was set.
    alice.user.set_password(NEW)
    alice.user.save()
    assert Client().get(second).status_code == 404


def test_a_weak_password_does_not_use_it_up(alice: Member) -> None:
    link = link_of(alice)
    assert b"too short" in choose(link, "short").content
    assert b"two different" in choose(link, NEW, again="something else").content
    assert choose(link).status_code == 200


def test_asked_many_times_at_once_one_is_sent(alice: Member) -> None:
    now = timezone.now()
    for seconds in range(5):
        send_password_link(member_id=alice.pk, now=now + timedelta(seconds=seconds))
    assert len(mail.outbox) == 1 == PasswordLink.objects.filter(member=alice).count()


def test_what_the_mail_server_refused_is_sent_when_tried_again(
    alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    now = timezone.now()
    with monkeypatch.context() as patch, pytest.raises(ConnectionRefusedError):
        patch.setattr(mail.EmailMessage, "send", refuse)
        send_password_link(member_id=alice.pk, now=now)
    assert Client().get(link_of(alice, now=now + timedelta(seconds=4))).status_code == 200
    assert PasswordLink.objects.filter(member=alice).count() == 1


def test_asking_is_limited_for_names_that_nobody_has_too(alice: Member, sent: list[Any]) -> None:
    for name in (alice.user.get_username(), uuid4().hex):
        assert [ask(name).status_code for _ in range(7)] == [200] * 5 + [429] * 2
    assert len(sent) == 10


@pytest.mark.parametrize("name", ["", "a\x00b", "a" * 10_000])
def test_what_is_no_name_asks_for_nothing(alice: Member, sent: list[Any], name: str) -> None:
    assert ask(name).status_code == 400 and sent == []


def test_a_foreign_page_asks_for_nothing(alice: Member, sent: list[Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    assert ask(alice.user.get_username(), client).status_code == 403
    assert client.post(link_of(alice), {"password": NEW, "again": NEW}).status_code == 403
    assert sent == [] and is_in(enter(alice))


def test_where_no_mail_is_sent_it_says_what_helps(alice: Member, settings: Any) -> None:
    settings.VCSM_ADDRESS = ""
    assert b"changepassword" in Client().get("/console/forgotten").content
    assert ask(alice.user.get_username()).status_code == 400


def test_an_admin_sends_one(cast: Cast, alice: Member, sent: list[Any], settings: Any) -> None:
    address = f"/console/api/setup/members/{alice.pk}/password-link"
    bob = signed_in(cast.bob)
    assert signed_in(alice).post(address).status_code == 403
    assert signed_in(cast.charlie).post(address).status_code == 404
    nowhere = bob.post(f"/console/api/setup/members/{cast.bob.pk}/password-link")
    assert nowhere.status_code == 400 and "No e-mail address" in nowhere.json()["detail"]
    assert sent == []
    assert bob.post(address).status_code == 200 and sent == [alice.pk]
    # No link is in the answer: an admin is not to sign in as somebody else.
    assert notes(alice, "member")[-1]["done"] == "password link asked for"
    assert is_in(enter(alice, PASSWORD))
    settings.SMTP_URL = ""
    refused = bob.post(address)
    assert refused.status_code == 400 and "SMTP_URL" in refused.json()["detail"]

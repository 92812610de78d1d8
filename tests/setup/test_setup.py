"""What admins and leads set: each with its role, its audit entry, and what it refuses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, Cast
from tests.console.conftest import signed_in
from tests.console.scene import make_scene
from vcsm.accounts.models import Account, Member, WidgetKey
from vcsm.audit.models import Entry
from vcsm.conversations.models import NudgeSettings
from vcsm.conversations.takeover import speaker
from vcsm.escalation.models import Duty
from vcsm.friction.thresholds import FrictionSettings
from vcsm.setup.keys import read_origins
from vcsm.setup.members import change_role
from vcsm.setup.models import Invitation
from vcsm.setup.permits import NotPermitted, Refused
from vcsm.success.models import ChecklistDone, ChecklistItem
from vcsm.success.plan import plan_of
from widget.keys import open_door

GIVEN = {"email": "Dora@acme.example", "name": "Dora", "role": "lead"}
STEPS = [
    {"title": "Import your data", "done_by_track": "imported"},
    {"title": "Invite a colleague", "page": "/team"},
]
TEMPLATE = {
    "name": "Launch",
    "goal": "First report out",
    "steps": [
        {"title": "Connect the shop", "whose": "theirs", "after_days": 7},
        {"title": "Review together", "whose": "ours"},
    ],
}
FLOW = {"name": "Sign up", "steps": [{"page": "/sign-up"}, {"track": "paid", "stall_ms": 60_000}]}
HOURS = {"zone": "Europe/Berlin", "weekdays": [0, 1], "opens": "09:00", "closes": "17:00"}


@pytest.fixture
def bob(cast: Cast) -> Client:
    return signed_in(cast.bob)


@pytest.fixture
def alice(cast: Cast) -> Client:
    return signed_in(cast.alice)


def send(client: Client, address: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"/console/api/setup{address}", body or {}, content_type="application/json")


def test_it_works(cast: Cast, bob: Client) -> None:
    made = send(bob, "/keys", {"origins": ["https://App.acme.example/", "http://localhost:*"]})
    key = made.json()["keys"][-1]["key"]
    assert key["origins"] == ["https://app.acme.example", "http://localhost:*"]
    assert open_door(key=key["key"], origin="http://localhost:5173") is not None

    invited = send(bob, "/invitations", GIVEN).json()
    assert invited["setup"]["invitations"][0]["email"] == "dora@acme.example"
    path = invited["link"].partition("testserver")[2]
    newcomer = Client()
    assert b"Join <bdi>Acme</bdi>" in newcomer.get(path).content
    joined = newcomer.post(path, {"name": "Dora", "password": PASSWORD})
    assert (joined.status_code, joined["Location"]) == (302, "/console/")
    assert newcomer.get("/console/api/me").json()["member"]["role"] == "lead"
    kinds = set(Entry.objects.filter(workspace=cast.acme).values_list("kind", flat=True))
    assert kinds >= {"key", "member", "sign_in"}


ADMINS_ONLY: list[tuple[str, dict[str, Any]]] = [
    ("/keys", {"origins": ["https://a.example"]}),
    ("/keys/{key}", {"origins": ["https://a.example"]}),
    ("/keys/{key}/revoke", {}),
    ("/invitations", GIVEN),
    ("/members/{alice}", {"role": "admin"}),
    ("/members/{alice}/remove", {}),
    ("/identity", {}),
    ("/currency", {"currency": "CHF"}),
]
LEADS_TOO: list[tuple[str, dict[str, Any]]] = [
    ("/nudges", {"withhold": 0.2, "quiet_minutes": 60}),
    ("/first-steps", {"steps": STEPS}),
    ("/templates", {"templates": [TEMPLATE]}),
    ("/flows", {"flows": [FLOW]}),
    ("/pages", {"pattern": "/billing/*", "team": "Money"}),
    ("/hours", {"member": "{bob}", "hours": HOURS}),
]


@pytest.mark.parametrize(("address", "body"), ADMINS_ONLY + LEADS_TOO)
def test_each_change_asks_for_its_role_and_is_in_the_audit(
    address: str, body: dict[str, Any], cast: Cast, alice: Client, bob: Client
) -> None:
    named = {"key": cast.key.pk, "alice": cast.alice.pk, "bob": cast.bob.pk}
    address = address.format(**named)
    if body.get("member"):
        body = {**body, "member": cast.bob.pk}
    before = Entry.objects.count()
    refused = send(alice, address, body)
    assert refused.status_code == 403, refused.content
    assert "of the workspace" in refused.json()["detail"]
    assert Entry.objects.count() == before
    done = send(bob, address, body)
    assert done.status_code == 200, done.content
    assert Entry.objects.count() == before + 1


def test_another_workspace_changes_nothing(cast: Cast) -> None:
    charlie = signed_in(cast.charlie)
    for address, body in (
        (f"/keys/{cast.key.pk}", {"origins": ["https://evil.example"]}),
        (f"/keys/{cast.key.pk}/revoke", {}),
        (f"/members/{cast.alice.pk}", {"role": "csm"}),
        (f"/members/{cast.alice.pk}/remove", {}),
        ("/hours", {"member": cast.alice.pk, "hours": None}),
    ):
        assert send(charlie, address, body).status_code == 404
    key = WidgetKey.objects.get(pk=cast.key.pk)
    assert (key.revoked_at, key.origins) == (None, cast.key.origins)


@pytest.mark.parametrize(
    "origin",
    [
        "app.acme.example",
        "https://*.acme.example",
        "https://user@acme.example",
        "https://acme.example/path",
        "ftp://acme.example",
        "https://acme.example:99999",
        "javascript:alert(1)",
        "null",
        "https://a b",
        "http://localhost:80:*",
        "*",
        "",
    ],
)
def test_what_is_no_origin_is_named(origin: str) -> None:
    with pytest.raises(Refused, match="origin"):
        read_origins([origin])


def test_the_last_admin_stays(cast: Cast, bob: Client) -> None:
    for address, body in (
        (f"/members/{cast.bob.pk}", {"role": "csm"}),
        (f"/members/{cast.bob.pk}/remove", {}),
    ):
        refused = send(bob, address, body)
        assert (refused.status_code, "last admin" in refused.json()["detail"]) == (400, True)
    send(bob, f"/members/{cast.alice.pk}", {"role": "admin"})
    assert send(bob, f"/members/{cast.bob.pk}", {"role": "csm"}).status_code == 200
    # His next request is a CSM's.
    assert send(bob, "/keys", {"origins": ["https://a.example"]}).status_code == 403


def test_who_was_removed_is_out_and_their_accounts_are_handed_on(
    cast: Cast, alice: Client, bob: Client
) -> None:
    assert alice.get("/console/api/me").status_code == 200
    body = {"successor": cast.bob.pk}
    left = send(bob, f"/members/{cast.alice.pk}/remove", body).json()
    assert [line["member"]["name"] for line in left["members"]] == ["Bob"]
    assert alice.get("/console/api/me").status_code == 403
    assert Account.objects.get(pk=cast.kestrel.pk).owner == cast.bob
    # Nobody puts them on duty: all others would be off duty for it.
    duty = {"member": cast.alice.pk, "minutes_a_day": 60, "starts": "09:00", "ends": "17:00"}
    put = bob.post("/console/api/deciding/duty", duty, content_type="application/json")
    assert (put.status_code, Duty.objects.exists()) == (404, False)
    with pytest.raises(NotPermitted):
        change_role(by=cast.alice, member_id=cast.bob.pk, role="csm", now=timezone.now())


def test_whoever_is_removed_in_the_middle_of_a_take_over_leaves_nobody_waiting(
    cast: Cast, alice: Client, bob: Client
) -> None:
    scene = make_scene(cast)
    assert alice.post(f"{scene.api}/take-over").status_code == 200
    send(bob, f"/members/{cast.alice.pk}/remove", {"successor": cast.bob.pk})
    refused = alice.post(
        f"{scene.api}/messages",
        {"text": "I have found it", "client_id": "m1"},
        content_type="application/json",
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "no_member")
    scene.escalation.refresh_from_db()
    assert (scene.escalation.state, scene.escalation.owner) == ("open", cast.bob)
    assert speaker(scene.conversation) is None
    said = list(scene.conversation.messages.order_by("seq").values_list("text", flat=True))
    assert said[-1] == "Alice has left the conversation. The assistant is here again."
    handed = Entry.objects.get(kind="hand_back", subject=f"escalation:{scene.escalation.pk}")
    assert handed.actor == f"member:{cast.bob.pk} Bob"
    assert bob.post(f"{scene.api}/take-over").status_code == 200


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda row, now: Invitation.objects.update(expires_at=now), b"no longer holds"),
        (lambda row, now: Invitation.objects.update(settled_at=now), b"no longer holds"),
    ],
)
def test_an_old_or_used_link_opens_nothing(
    spoil: Callable[[Invitation, datetime], Any], says: bytes, cast: Cast, bob: Client
) -> None:
    link = send(bob, "/invitations", GIVEN).json()["link"].partition("testserver")[2]
    spoil(Invitation.objects.get(), timezone.now() - timedelta(seconds=1))
    answer = Client().post(link, {"name": "Dora", "password": PASSWORD})
    assert (answer.status_code, says in answer.content) == (404, True)
    assert not Member.objects.filter(name="Dora").exists()


@pytest.mark.parametrize("loses", ["/members/{}", "/members/{}/remove"])
def test_who_may_no_longer_invite_has_no_open_invitation(
    loses: str, cast: Cast, alice: Client, bob: Client
) -> None:
    """A link sent to oneself would be a way back in as an admin."""
    send(bob, f"/members/{cast.alice.pk}", {"role": "admin"})
    theirs = send(alice, "/invitations", {**GIVEN, "role": "admin"}).json()["link"]
    others = send(bob, "/invitations", {**GIVEN, "email": "eve@acme.example"}).json()["link"]
    told = send(bob, loses.format(cast.alice.pk), {"role": "lead"}).json()
    assert [one["email"] for one in told["invitations"]] == ["eve@acme.example"]
    for link, status in ((theirs, 404), (others, 302)):
        path = link.partition("testserver")[2]
        assert Client().post(path, {"name": "X", "password": PASSWORD}).status_code == status
    withdrawn = Entry.objects.get(kind="member", body__contains='"withdrawn"')
    assert withdrawn.actor == f"member:{cast.bob.pk} Bob"


def test_a_weak_password_and_a_known_address_are_refused(cast: Cast, bob: Client) -> None:
    link = send(bob, "/invitations", GIVEN).json()["link"].partition("testserver")[2]
    weak = Client().post(link, {"name": "<b>Dora</b>", "password": "password"})
    assert weak.status_code == 400
    assert b"&lt;b&gt;Dora" in weak.content and b"<b>Dora" not in weak.content
    Client().post(link, {"name": "Dora", "password": PASSWORD})
    again = send(bob, "/invitations", GIVEN)
    assert (again.status_code, "signs in here already" in again.json()["detail"]) == (400, True)


def test_settings_hold_where_they_are_read(cast: Cast, bob: Client) -> None:
    send(bob, "/nudges", {"withhold": 0.25, "quiet_minutes": 30})
    assert NudgeSettings.objects.get(workspace=cast.acme).withhold == 0.25
    send(bob, "/flows", {"flows": [FLOW]})
    cast.acme.refresh_from_db()
    flow = FrictionSettings.from_dict(cast.acme.friction_settings).flows[0]
    assert (flow.name, flow.steps[1].stall_ms) == ("Sign up", 60_000)
    told = send(bob, "/templates", {"templates": [TEMPLATE]}).json()
    today = timezone.now().date()
    answer = bob.post(
        f"/console/api/accounts/{cast.kestrel.pk}/plan",
        {"template": told["templates"][0]["id"]},
        content_type="application/json",
    )
    assert answer.json()["plan"]["goal"] == "First report out"
    plan = plan_of(cast.kestrel.pk)
    assert plan is not None
    dues = [step.due_on for step in plan.steps.order_by("position")]
    days = {day + timedelta(days=7) for day in (today, timezone.now().date())}  # at midnight two
    assert dues[0] in days and dues[1:] == [None]


def test_a_first_step_that_stays_keeps_who_did_it(cast: Cast, bob: Client) -> None:
    first = send(bob, "/first-steps", {"steps": STEPS}).json()["first_steps"]
    assert first[0]["done_by_track"] == "imported"
    item = ChecklistItem.objects.get(pk=first[1]["id"])
    ChecklistDone.objects.create(item=item, contact=cast.vera, at=timezone.now(), seen=False)
    moved = [{**first[1], "title": "Bring a colleague"}, {"title": "New"}]
    second = send(bob, "/first-steps", {"steps": moved}).json()["first_steps"]
    assert [step["title"] for step in second] == ["Bring a colleague", "New"]
    assert ChecklistDone.objects.get().item_id == second[0]["id"]


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("/nudges", {"withhold": 1, "quiet_minutes": 5}, "nine tenths"),
    ("/nudges", {"withhold": 0.1, "quiet_minutes": -1}, "30 days"),
    ("/first-steps", {"steps": [{"title": " "}]}, "blank"),
    (
        "/first-steps",
        {"steps": [{"title": "x", "done_by_page": "/a", "done_by_track": "b"}]},
        "not both",
    ),
    ("/templates", {"templates": [{**TEMPLATE, "steps": []}]}, "steps"),
    ("/templates", {"templates": [TEMPLATE, TEMPLATE]}, "same name"),
    ("/flows", {"flows": [{"name": "x", "steps": "no"}]}, "flows"),
    ("/flows", {"flows": [{"steps": [{"page": "/a"}]}]}, "flows"),
    ("/keys", {"origins": []}, "at least one"),
    ("/pages", {"pattern": "billing", "team": "Money"}, "begins with a slash"),
    ("/invitations", {**GIVEN, "role": "king"}, "not a role"),
    ("/invitations", {**GIVEN, "email": "nobody"}, "email"),
]


@pytest.mark.parametrize(("address", "body", "says"), BAD)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    address: str, body: dict[str, Any], says: str, bob: Client
) -> None:
    answer = send(bob, address, body)
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_an_identity_secret_is_shown_once_and_rotated(cast: Cast, bob: Client) -> None:
    first = send(bob, "/identity").json()
    assert len(first["secret"]) >= 32
    assert first["secret"] not in bob.get("/console/api/setup").content.decode()
    send(bob, "/identity")
    third = send(bob, "/identity")
    assert (third.status_code, "retire one first" in third.json()["detail"]) == (400, True)
    kept = send(bob, f"/identity/{first['setup']['identity_keys'][0]['id']}/retire").json()
    assert first["kid"] not in [key["kid"] for key in kept["identity_keys"]]
    assert first["secret"] not in "".join(Entry.objects.values_list("body", flat=True))


def test_a_zone_that_is_none_is_refused(cast: Cast, alice: Client) -> None:
    hours = {**HOURS, "zone": "Moon/Tycho"}
    answer = send(alice, "/hours", {"member": cast.alice.pk, "hours": hours})
    assert (answer.status_code, "not a time zone" in answer.json()["detail"]) == (400, True)
    assert send(alice, "/hours", {"member": cast.alice.pk, "hours": HOURS}).status_code == 200


def test_a_workspace_is_made_with_a_place_for_its_first_admin(cast: Cast) -> None:
    told = StringIO()
    wanted = ("Initech & Sons", "--admin", "eve@initech.example")
    call_command("create_workspace", *wanted, stdout=told)
    path = "/console/join/" + told.getvalue().partition("/console/join/")[2].split()[0]
    eve = Client()
    eve.post(path, {"name": "Eve", "password": PASSWORD})
    me = eve.get("/console/api/me").json()
    assert (me["member"]["role"], me["workspace"]["slug"]) == ("admin", "initech-sons")
    assert send(eve, "/keys", {"origins": ["http://localhost:*"]}).status_code == 200
    with pytest.raises(CommandError, match="already"):
        call_command("create_workspace", *wanted)
    with pytest.raises(CommandError, match="not an e-mail"):
        call_command("create_workspace", "Other", "--admin", "eve")
    other = ("create_workspace", "Other", "--admin", "eve@other.example")
    with pytest.raises(CommandError, match="not a short name"):
        call_command(*other, "--slug", "../acme")
    with pytest.raises(CommandError, match="not an origin"):
        call_command(*other, "--origin", "javascript:alert(1)")

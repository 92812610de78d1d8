"""Charlie of Globex never sees or changes anything of Acme, whatever address the console has."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern

from tests.cast import NOON, Cast
from tests.console import understood
from tests.console.scene import Scene
from tests.escalation.silent import silent_audit
from vcsm.console.urls import urlpatterns
from vcsm.conversations.models import Message
from vcsm.escalation.models import Escalation, Verdict
from vcsm.governance.models import Act
from vcsm.governance.standing import read_standing
from vcsm.problems.lifecycle import open_problem

BODIES: dict[str, dict[str, Any]] = {
    "messages": {"text": "hello", "client_id": "c1"},
    "agreed": {"text": "We will call you back."},
    "resolve": {"done": True, "worked": True, "false_alarm": False},
    "judge": {"judgement": "rejected"},
    "api/problems/<uuid:problem_id>": {"act": "acknowledge"},
    "snooze": {"hours": 2, "reason": "They are back on Monday."},
    "api/deciding/audits/<int:audit_id>": {"needed": True},
}
BODIES |= understood.BODIES
KNOWN = {"<uuid:escalation_id>", "<uuid:act_id>", "<int:audit_id>", "<uuid:problem_id>"}
KNOWN |= set(understood.UNDERSTOOD)
OF_OBJECTS = [
    str(pattern.pattern)
    for pattern in urlpatterns
    if (places := set(re.findall("<[^>]+>", str(pattern.pattern)))) and places <= KNOWN
]
"""Addresses of what the scene has; `tests/isolation` calls every address there is."""
OF_WORKSPACE = [
    "articles",
    "articles/search",
    "audit",
    "audit/check",
    "certificate",
    "deciding",
    "escalations",
    "friction",
    "friction.csv",
    "friction/places",
    "friction/sessions",
    "friction/settings",
    "governance",
    "governance/acts",
    "governance/list",
    "intents",
    "intents/heard",
    "me",
    "problems",
    "problems/owners",
    "unmet",
    "what-if",
]
CHANGES: dict[str, dict[str, Any]] = {
    "deciding/duty": {"minutes_a_day": 60, "starts": "09:00", "ends": "17:00"},
    "deciding/policy": {"silence_share": 0.1},
    "deciding/threshold": {"max_false_share": None},
    "friction/settings/preview": {"changes": {"dead.min_clicks": 2}},
    "governance/approve": {"use_case": "offer_help", "level": "off"},
    "governance/approve-all": {},
    "governance/stop": {"what": "workspace"},
    "governance/lift": {"what": "workspace"},
    "governance/agents": {"key": "robot", "use_cases": []},
    "intents/try": {"text": "export it"},
}
"""Addresses that only change something of the workspace: who may is their own tests'."""


def addresses(scene: Scene) -> Iterator[str]:
    for pattern in OF_OBJECTS:
        yield address_of(scene, pattern)


def address_of(scene: Scene, pattern: str) -> str:
    """The address with the scene's own object in it, made where the scene has none."""
    if "<uuid:act_id>" in pattern:
        pattern = pattern.replace("<uuid:act_id>", str(_act(scene, done="take-back" in pattern)))
    if "<int:audit_id>" in pattern:
        pattern = pattern.replace("<int:audit_id>", str(silent_audit(scene.cast).pk))
    if "<uuid:problem_id>" in pattern:
        pattern = pattern.replace("<uuid:problem_id>", str(_problem(scene)))
    for place, make in understood.UNDERSTOOD.items():
        if place in pattern:
            pattern = pattern.replace(place, str(make(scene)))
    return "/console/" + pattern.replace("<uuid:escalation_id>", str(scene.escalation.pk))


def _problem(scene: Scene) -> UUID:
    return open_problem(
        workspace_id=scene.cast.acme.pk, scope="product", account_id=None, place=None,
        began_at=NOON, now=NOON,
    ).pk  # fmt: skip


def _act(scene: Scene, *, done: bool) -> UUID:
    act = Act.objects.create(
        workspace=scene.cast.acme,
        contact=scene.cast.vera,
        use_case="offer_help",
        agent="assistant",
        at=NOON,
        outcome=Act.Outcome.DONE if done else Act.Outcome.WATCHED,
        level="auto" if done else "shadow",
        subject="nudge:none" if not done else f"cause:{uuid4()}",
    )
    return act.pk


def methods(pattern: URLPattern) -> list[str]:
    view: Any = pattern.callback
    return [name for name in ("get", "post") if hasattr(view.view_class, name)]


@pytest.mark.parametrize("pattern", OF_OBJECTS)
def test_every_address_of_an_object_is_404_for_charlie_and_works_for_alice(
    pattern: str, charlie: Client, alice: Client, scene: Scene
) -> None:
    address = address_of(scene, pattern)
    (known,) = [one for one in urlpatterns if str(one.pattern) == pattern]
    body = BODIES.get(pattern, BODIES.get(pattern.rsplit("/", 1)[-1], {}))
    if pattern.endswith("messages"):
        alice.post(f"{scene.api}/take-over")

    for method in methods(known):
        refused = getattr(charlie, method)(address, body, content_type="application/json")
        # 400: what was sent is looked at first, and does not fit.
        assert refused.status_code in (400, 404), (method, address)
    assert not Message.objects.filter(text="hello").exists()
    assert not Verdict.objects.exists()
    assert Escalation.objects.get().owner == scene.cast.alice

    for method in methods(known):
        done = getattr(alice, method)(address, body, content_type="application/json")
        # A body that is not written down here is only refused for its form.
        assert done.status_code < 300 or (done.status_code == 400 and not body), (method, address)


@pytest.mark.parametrize("address", OF_WORKSPACE)
def test_what_lists_the_workspace_names_nothing_of_acme_to_charlie(
    address: str, charlie: Client, alice: Client, scene: Scene
) -> None:
    understood.make_understood(scene)
    secrets = [b"Vera", b"Kestrel", b"Export", str(scene.escalation.pk).encode(), b"Acme"]

    seen = charlie.get(f"/console/api/{address}", {"period": "30d", "q": "Export"})

    assert seen.status_code == 200
    assert not [secret for secret in secrets if secret in seen.getvalue()]


def test_what_charlie_changes_changes_nothing_of_acme(charlie: Client, scene: Scene) -> None:
    before = read_standing(workspace_id=scene.cast.acme.pk, now=NOON)
    for address, body in CHANGES.items():
        done = charlie.post(f"/console/api/{address}", body, content_type="application/json")
        assert done.status_code == 200, address
    assert read_standing(workspace_id=scene.cast.acme.pk, now=NOON) == before
    assert read_standing(workspace_id=scene.cast.globex.pk, now=NOON).state != before.state


def test_a_stranger_and_a_user_who_is_no_member_get_nothing(
    cast: Cast, scene: Scene, django_user_model: Any
) -> None:
    nobody = Client()
    nobody.force_login(django_user_model.objects.create_user("nobody"))

    for client in (Client(), nobody):
        for address in [*addresses(scene), *(f"/console/api/{name}" for name in OF_WORKSPACE)]:
            assert client.get(address).status_code in (403, 405), address


def test_a_member_who_is_removed_gets_nothing_more(alice: Client, scene: Scene) -> None:
    assert alice.get(scene.api).status_code == 200
    scene.cast.alice.delete()

    assert alice.get(scene.api).status_code == 403

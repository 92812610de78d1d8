"""`python -m vcsm.benchmark.load.seed COUNT [--demo]` makes workspaces and prints `Seeded`.

`--demo` also makes the demo's workspace with its articles and intents, and signs a CSM in.
"""

import sys

import django
import msgspec
from msgspec import Struct


class Demo(Struct):
    """The demo workspace's widget key, and a signed-in CSM's session cookie."""

    key: str
    cookie: str


class Seeded(Struct):
    """One widget key for each workspace made."""

    keys: list[str]
    demo: Demo | None = None


def make_workspaces(count: int) -> list[str]:
    """Makes workspaces with one widget key each, open to any local origin; returns the keys."""
    from vcsm.accounts.models import WidgetKey, Workspace

    workspaces = Workspace.objects.bulk_create(
        Workspace(slug=f"load-{number}", name=f"Load {number}") for number in range(count)
    )
    origins = ["http://localhost:*", "http://127.0.0.1:*"]
    keys = WidgetKey.objects.bulk_create(
        WidgetKey(workspace=workspace, origins=origins) for workspace in workspaces
    )
    return [key.key for key in keys]


def make_demo() -> Demo:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from vcsm.accounts.models import Member, WidgetKey
    from vcsm.accounts.sign_in_store import SessionStore
    from vcsm.conversations.models import NudgeSettings
    from vcsm.demo.northbank import NORTHBANK
    from vcsm.demo.seed import seed

    seed(lambda line: None)
    csm = Member.objects.get(
        workspace__slug=NORTHBANK.slug, role=Member.Role.CSM, name__startswith="Alice"
    )
    # A nudge withheld at random cannot be told from one that never came.
    NudgeSettings.objects.update_or_create(
        workspace=csm.workspace, defaults={"withhold": 0, "seed": ""}
    )
    session = SessionStore()
    session[SESSION_KEY] = str(csm.user_id)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = csm.user.get_session_auth_hash()
    session.create()
    key = WidgetKey.objects.get(workspace__slug=NORTHBANK.slug)
    return Demo(key=key.key, cookie=str(session.session_key))


if __name__ == "__main__":
    django.setup()
    made = Seeded(make_workspaces(int(sys.argv[1])), make_demo() if "--demo" in sys.argv else None)
    sys.stdout.buffer.write(msgspec.json.encode(made))

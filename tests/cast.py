"""The people in every test: Acme with Alice (CSM) and Bob (admin), Vera, who is stuck in Acme's
product, and Charlie of Globex, who must never see anything of Acme's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from vcsm.accounts.models import Account, Browser, Contact, Member, WidgetKey, Workspace
from vcsm.conversations.models import NudgeSettings
from vcsm.events.models import Session
from vcsm.governance.approvals import AT_SETUP
from vcsm.governance.models import Approval

ORIGIN = "https://app.acme.example"
PASSWORD = "correct horse battery staple"
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    acme: Workspace
    alice: Member
    bob: Member
    kestrel: Account
    vera: Contact
    key: WidgetKey
    globex: Workspace
    charlie: Member
    globex_key: WidgetKey

    def session(self, contact: Contact | None = None) -> Session:
        """Makes a visit of Vera's (or another contact's) in a browser of its own."""
        contact = contact or self.vera
        browser = Browser.objects.create(
            id=uuid4(), workspace_id=contact.workspace_id, contact=contact
        )
        return Session.objects.create(
            id=uuid4(),
            workspace_id=contact.workspace_id,
            contact=contact,
            browser=browser,
            started_at=NOON,
            seen_at=NOON,
            page="/reports",
        )


def make_cast(*, suffix: str = "", origins: tuple[str, ...] = (ORIGIN,)) -> Cast:
    """Creates the cast. `suffix` keeps several casts in one database apart."""
    acme = Workspace.objects.create(slug=f"acme{suffix}", name="Acme")
    globex = Workspace.objects.create(slug=f"globex{suffix}", name="Globex")
    for workspace in (acme, globex):
        # Every nudge is shown; tests of the draw set a share of their own.
        NudgeSettings.objects.create(workspace=workspace, withhold=0)
    _approve(acme, globex)
    alice = _member(acme, "Alice", Member.Role.CSM, suffix)
    kestrel = Account.objects.create(
        workspace=acme,
        external_id="kestrel",
        name="Kestrel Coffee",
        owner=alice,
        plan="Growth",
        annual_revenue=48_000,
        renews_on=date(2026, 9, 1),
    )
    return Cast(
        acme=acme,
        alice=alice,
        bob=_member(acme, "Bob", Member.Role.ADMIN, suffix),
        kestrel=kestrel,
        vera=Contact.objects.create(
            workspace=acme, account=kestrel, external_id="vera", name="Vera"
        ),
        key=WidgetKey.objects.create(workspace=acme, origins=list(origins)),
        globex=globex,
        charlie=_member(globex, "Charlie", Member.Role.ADMIN, suffix),
        globex_key=WidgetKey.objects.create(workspace=globex, origins=list(origins)),
    )


def _approve(*workspaces: Workspace) -> None:
    """Lets every use case act. Bypasses the audit, because its own tests count its entries."""
    Approval.objects.bulk_create(
        Approval(workspace=workspace, use_case=use_case, level=level, at=NOON, why="the cast")
        for workspace in workspaces
        for use_case, level in AT_SETUP.items()
    )


@cache
def _hashed() -> str:
    """Hashes once for all tests: hashing is slow on purpose, and no test is about it."""
    return make_password(PASSWORD)


def _member(workspace: Workspace, name: str, role: str, suffix: str) -> Member:
    user = User.objects.create(username=f"{name.lower()}{suffix}", password=_hashed())
    return Member.objects.create(workspace=workspace, user=user, name=name, role=role)

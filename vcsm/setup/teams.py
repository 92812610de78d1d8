"""Which team owns which pages, and how soon it has to acknowledge a problem there."""

from datetime import datetime

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.problems.models import PageOwner, Team
from vcsm.setup.permits import LEADS, Refused, refuse_unless

MOST = 200


@transaction.atomic
def set_page_owner(
    *, by: Member, pattern: str, team: str, email: str, acknowledge_minutes: int, now: datetime
) -> None:
    """Gives the pages of `pattern` (a path, in which `*` stands for anything) to a team.

    A team that does not exist yet is made. Raises NotPermitted, Refused.
    """
    refuse_unless(by, LEADS, "says who owns a page")
    if not pattern.startswith("/"):
        raise Refused("A page begins with a slash, such as /billing or /billing/*.")
    owners = PageOwner.objects.filter(workspace_id=by.workspace_id)
    if owners.exclude(pattern=pattern).count() >= MOST:
        raise Refused(f"At most {MOST} pages: use a * for many.")
    owner, _ = Team.objects.update_or_create(
        workspace_id=by.workspace_id, name=" ".join(team.split()), defaults={"email": email}
    )
    PageOwner.objects.update_or_create(
        workspace_id=by.workspace_id,
        pattern=pattern,
        defaults={"team": owner, "acknowledge_minutes": acknowledge_minutes},
    )
    _note(by, pattern, {"team": owner.name, "acknowledge_minutes": acknowledge_minutes}, now)


@transaction.atomic
def remove_page_owner(*, by: Member, pattern: str, now: datetime) -> None:
    """Takes the pages of `pattern` from their team, which stays. Raises NotPermitted,
    PageOwner.DoesNotExist."""
    refuse_unless(by, LEADS, "says who owns a page")
    PageOwner.objects.get(workspace_id=by.workspace_id, pattern=pattern).delete()
    _note(by, pattern, {"team": None}, now)


def _note(by: Member, pattern: str, body: dict[str, object], now: datetime) -> None:
    append_entry(
        workspace_id=by.workspace_id,
        kind="settings",
        actor=by,
        subject=f"settings:page {pattern}"[:200],
        body=body,
        at=now,
    )

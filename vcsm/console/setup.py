"""The screen of a workspace's set-up: what its admins and leads may change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vcsm.accounts.identity_keys import live_identity_keys
from vcsm.accounts.models import IdentityKey, Member, WidgetKey
from vcsm.accounts.second_factor import members_with_second_factor
from vcsm.conversations.models import NudgeSettings
from vcsm.core.money import currencies
from vcsm.friction.thresholds import THRESHOLDS
from vcsm.problems.models import PageOwner
from vcsm.setup.arrival import Arrival, latest_arrival
from vcsm.setup.models import Invitation
from vcsm.setup.permits import LEADS
from vcsm.setup.refusals import TurnedAway, read_refusals
from vcsm.success.models import ChecklistItem, OfficeHours, PlanTemplate

STALL = THRESHOLDS["stalled_step.after_ms"].default


@dataclass(frozen=True, slots=True)
class KeyLine:
    key: WidgetKey
    refused: list[TurnedAway]
    """Origins that lately used the key and are not on its list."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    member: Member
    signs_in_as: str
    last_admin: bool
    accounts: int
    hours: OfficeHours | None
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Overview:
    may_admin: bool
    may_lead: bool
    workspace: str
    slug: str
    """The short name, which a contact's token must name as its audience."""
    currency: str
    currencies: tuple[str, ...]
    """All currencies that could be chosen."""
    keys: list[KeyLine]
    arrival: Arrival | None
    members: list[MemberLine]
    invitations: list[Invitation]
    nudges: NudgeSettings
    first_steps: list[ChecklistItem]
    templates: list[PlanTemplate]
    flows: list[dict[str, Any]]
    stall_ms: float
    """Active time (ms) after which a step that sets none of its own counts as stalled."""
    pages: list[PageOwner]
    identity_keys: list[IdentityKey]
    second_factor_required: bool


def read_setup(member: Member, *, now: datetime) -> Overview:
    """Returns the set-up of the member's workspace as it is now."""
    workspace = member.workspace
    workspace.refresh_from_db(fields=["friction_settings", "second_factor_required", "currency"])
    keys = WidgetKey.objects.filter(workspace=workspace, revoked_at=None).order_by("pk")
    nudges = NudgeSettings.objects.filter(workspace=workspace).first()
    changed = workspace.friction_settings
    invited = Invitation.objects.filter(
        workspace=workspace, settled_at=None, expires_at__gt=now
    ).select_related("made_by")
    return Overview(
        may_admin=member.role == Member.Role.ADMIN,
        may_lead=member.role in LEADS,
        workspace=workspace.name,
        slug=workspace.slug,
        currency=workspace.currency,
        currencies=currencies(),
        keys=[KeyLine(key, _still_refused(key)) for key in keys],
        arrival=latest_arrival(workspace.pk),
        members=_members(workspace.pk),
        invitations=list(invited.order_by("-made_at")),
        nudges=nudges or NudgeSettings(workspace=workspace),
        first_steps=list(ChecklistItem.objects.filter(workspace=workspace).order_by("position")),
        templates=list(PlanTemplate.objects.filter(workspace=workspace).order_by("name")),
        flows=list(changed.get("flows", [])),
        stall_ms=changed.get("stalled_step.after_ms", STALL),
        pages=list(
            PageOwner.objects.filter(workspace=workspace)
            .select_related("team")
            .order_by("pattern", "pk")
        ),
        identity_keys=live_identity_keys(workspace.pk),
        second_factor_required=workspace.second_factor_required,
    )


def _still_refused(key: WidgetKey) -> list[TurnedAway]:
    return [one for one in read_refusals(key.pk) if one.origin not in key.origins]


def _members(workspace_id: int) -> list[MemberLine]:
    rows = list(
        Member.objects.filter(workspace_id=workspace_id, left_at=None)
        .select_related("user", "officehours")
        .defer("user__password")
        .prefetch_related("account_set")
        .order_by("name", "pk")
    )
    proven = members_with_second_factor()
    admins = sum(row.role == Member.Role.ADMIN for row in rows)
    return [
        MemberLine(
            member=row,
            signs_in_as=row.user.get_username(),
            last_admin=row.role == Member.Role.ADMIN and admins == 1,
            accounts=len(row.account_set.all()),
            hours=getattr(row, "officehours", None),
            second_factor=row.pk in proven,
        )
        for row in rows
    ]

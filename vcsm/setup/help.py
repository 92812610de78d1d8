"""How the workspace helps: nudges, first steps, plan templates, and members' office hours."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from vcsm.accounts.models import Account, Member
from vcsm.audit.append import append_entry
from vcsm.conversations.models import NudgeSettings
from vcsm.setup.permits import CALLED, LEADS, NotPermitted, Refused, refuse_unless
from vcsm.success.first_steps import FirstStep, replace_first_steps
from vcsm.success.models import OfficeHours, Plan
from vcsm.success.templates import PlanDraft, agree_from_template, replace_templates


@transaction.atomic
def set_nudges(*, by: Member, withhold: float, quiet_minutes: int, now: datetime) -> None:
    """Sets the share of nudges withheld (0 to 0.9) and the quiet time (minutes, at most 30 days).

    Raises NotPermitted, Refused.
    """
    refuse_unless(by, LEADS, "changes nudges")
    if not 0 <= withhold <= 0.9:
        raise Refused("Between none and nine tenths of the nudges can be withheld.")
    if not 0 <= quiet_minutes <= 60 * 24 * 30:
        raise Refused("The quiet time is between nothing and 30 days.")
    told = {"withhold": withhold, "quiet_minutes": quiet_minutes}
    NudgeSettings.objects.update_or_create(workspace_id=by.workspace_id, defaults=told)
    _note(by, "nudges", told, now)


@transaction.atomic
def set_first_steps(*, by: Member, steps: Sequence[FirstStep], now: datetime) -> None:
    """Replaces all first steps, in order; a step that keeps its id keeps who has done it.

    Raises NotPermitted, Refused.
    """
    refuse_unless(by, LEADS, "changes the first steps")
    try:
        replace_first_steps(workspace_id=by.workspace_id, steps=steps)
    except ValueError as error:
        raise Refused(str(error)) from error
    _note(by, "first_steps", {"steps": [asdict(step) for step in steps]}, now)


@transaction.atomic
def set_templates(*, by: Member, drafts: Sequence[PlanDraft], now: datetime) -> None:
    """Replaces all templates; plans already agreed from one stay as they are.

    Raises NotPermitted, Refused.
    """
    refuse_unless(by, LEADS, "changes the plan templates")
    try:
        replace_templates(workspace_id=by.workspace_id, drafts=drafts)
    except ValueError as error:
        raise Refused(str(error)) from error
    _note(by, "plan_templates", {"names": [draft.name for draft in drafts]}, now)


@transaction.atomic
def agree_plan_from(*, by: Member, account_id: int, template_id: int, now: datetime) -> Plan:
    """Makes the account's plan from a template, with dates counted from today.

    Raises NotPermitted, and DoesNotExist for an unknown account or template.
    """
    refuse_unless(by, CALLED, "agrees plans")
    account = Account.objects.get(pk=account_id, workspace_id=by.workspace_id)
    plan = agree_from_template(account=account, template_id=template_id, now=now)
    _note(by, f"plan of account {account.pk}", {"goal": plan.goal}, now)
    return plan


@dataclass(frozen=True, slots=True)
class HoursGiven:
    zone: str
    weekdays: tuple[int, ...]
    """Monday is 0."""
    opens: time
    closes: time


@transaction.atomic
def set_hours(*, by: Member, member_id: int, hours: HoursGiven | None, now: datetime) -> None:
    """Sets when contacts may expect the member; with None, no hours are promised.

    A member sets their own hours, a lead or admin anybody's. Raises NotPermitted, Refused,
    Member.DoesNotExist.
    """
    if member_id != by.pk:
        refuse_unless(by, LEADS, "sets the hours of somebody else")
    elif not Member.objects.filter(pk=by.pk, left_at=None).exists():
        raise NotPermitted("You are no longer a member of this workspace.")
    member = Member.objects.get(pk=member_id, workspace_id=by.workspace_id, left_at=None)
    if hours is None:
        OfficeHours.objects.filter(member=member).delete()
        _note(by, f"hours of member {member.pk}", {}, now)
        return
    told: dict[str, Any] = {
        "zone": _zone(hours.zone),
        "weekdays": sorted(set(hours.weekdays)),
        "opens": hours.opens,
        "closes": hours.closes,
    }
    if not told["weekdays"] or not set(told["weekdays"]) <= set(range(7)):
        raise Refused("Name at least one day of the week.")
    OfficeHours.objects.update_or_create(member=member, defaults=told)
    plain = {**told, "opens": hours.opens.isoformat(), "closes": hours.closes.isoformat()}
    _note(by, f"hours of member {member.pk}", plain, now)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            f"{name[:60]!r} is not a time zone; write one such as Europe/Berlin."
        ) from error
    return name


def _note(by: Member, what: str, body: Mapping[str, Any], now: datetime) -> None:
    append_entry(
        workspace_id=by.workspace_id,
        kind="settings",
        actor=by,
        subject=f"settings:{what}",
        body=body,
        at=now,
    )

"""The workspace's members: their roles, second factors, and removal."""

from datetime import datetime

from django.db import transaction

from vcsm.accounts.broadcast import access_changed
from vcsm.accounts.models import Account, Member, Workspace
from vcsm.accounts.second_factor import members_with_second_factor, take_off_second_factor
from vcsm.accounts.sign_ins import end_sign_ins_of_member
from vcsm.audit.append import append_entry
from vcsm.escalation.leave import release
from vcsm.escalation.models import Duty
from vcsm.setup import broadcast
from vcsm.setup.invitations import withdraw_invitations_of
from vcsm.setup.permits import ADMINS, Refused, refuse_unless


@transaction.atomic
def change_role(*, by: Member, member_id: int, role: str, now: datetime) -> Member:
    """Changes a member's role, from their next request on; the open invitations of a member who is
    not an admin afterwards are withdrawn. Raises NotPermitted, Refused, Member.DoesNotExist."""
    refuse_unless(by, ADMINS, "changes roles")
    if role not in Member.Role.values:
        raise Refused(f"{role!r} is not a role.")
    member = _locked(by, member_id)
    if role != Member.Role.ADMIN:
        _keep_an_admin(member)
    was, member.role = member.role, role
    member.save(update_fields=["role"])
    if role != Member.Role.ADMIN:
        withdraw_invitations_of(member, by=by, now=now)
    _note(by, member, now, done="role", was=was, role=role)
    return member


@transaction.atomic
def remove_member(*, by: Member, member_id: int, successor_id: int | None, now: datetime) -> Member:
    """Removes a member, who sees nothing from their next request on.

    Their open pages are told at once and their open invitations withdrawn. Their accounts and open
    escalations go to the successor, or to nobody; where they had taken over, the assistant speaks
    again. Their messages and verdicts stay theirs. Raises NotPermitted, Refused,
    Member.DoesNotExist.
    """
    refuse_unless(by, ADMINS, "removes members")
    member = _locked(by, member_id)
    _keep_an_admin(member)
    successor = None
    if successor_id is not None:
        successor = Member.objects.filter(
            pk=successor_id, workspace_id=by.workspace_id, left_at=None
        ).first()
        if successor is None or successor.pk == member.pk:
            raise Refused("Whoever takes over must be another member of the workspace.")
    member.left_at = now
    member.save(update_fields=["left_at"])
    Duty.objects.filter(member=member).delete()
    withdraw_invitations_of(member, by=by, now=now)
    access_changed(member.workspace_id)
    accounts = Account.objects.filter(owner=member).update(owner=successor)
    calls = release(member, successor=successor, by=by, now=now)
    broadcast.member_left(member)
    _note(
        by,
        member,
        now,
        done="removed",
        successor=successor.pk if successor else None,
        accounts=accounts,
        escalations=calls,
    )
    return member


@transaction.atomic
def ask_second_factor(*, by: Member, asked: bool, now: datetime) -> None:
    """Sets whether members must have a second factor. A member without one then sees, from their
    next request on, only the page that sets one up. Raises NotPermitted, Refused."""
    refuse_unless(by, ADMINS, "asks for a second factor")
    if asked and by.pk not in members_with_second_factor():
        raise Refused("Set up your own second factor first, or you would be the first shut out.")
    Workspace.objects.filter(pk=by.workspace_id).update(second_factor_required=asked)
    access_changed(by.workspace_id)
    append_entry(
        workspace_id=by.workspace_id,
        kind="settings",
        actor=by,
        subject="settings:second_factor",
        body={"asked": asked},
        at=now,
    )


@transaction.atomic
def free_from_second_factor(*, by: Member, member_id: int, now: datetime) -> Member:
    """Takes off the second factor of a member who has lost authenticator and recovery codes; their
    password alone signs them in again. All their sign-ins end, half ones too: they may be those of
    whoever has the authenticator. Raises NotPermitted, Refused, Member.DoesNotExist."""
    refuse_unless(by, ADMINS, "takes a second factor off")
    member = _locked(by, member_id)
    if member.pk == by.pk:
        raise Refused("Your own comes off with a code of it, where you set it up.")
    take_off_second_factor(member.pk)
    end_sign_ins_of_member(member.pk)
    _note(by, member, now, done="second factor taken off")
    access_changed(by.workspace_id)
    return member


def _locked(by: Member, member_id: int) -> Member:
    # All rows are locked, in one order: of two admins who demote each other, one must fail.
    rows = Member.objects.select_for_update().filter(workspace_id=by.workspace_id, left_at=None)
    found = {row.pk: row for row in rows.order_by("pk")}
    if member_id not in found:
        raise Member.DoesNotExist
    return found[member_id]


def _keep_an_admin(member: Member) -> None:
    if member.role != Member.Role.ADMIN:
        return
    others = Member.objects.filter(
        workspace_id=member.workspace_id, role=Member.Role.ADMIN, left_at=None
    ).exclude(pk=member.pk)
    if not others.exists():
        raise Refused(
            f"{member.name} is the workspace's last admin: make somebody else an admin first."
        )


def _note(by: Member, member: Member, now: datetime, **body: object) -> None:
    append_entry(
        workspace_id=by.workspace_id,
        kind="member",
        actor=by,
        subject=f"member:{member.pk}",
        body={"name": member.name, **body},
        at=now,
    )

"""Which members may change what the assistant may do. Stopping it, anybody may."""

from rest_framework.exceptions import PermissionDenied

from vcsm.accounts.models import Member

LEADS = (Member.Role.LEAD, Member.Role.ADMIN)


def may_lead(member: Member) -> bool:
    return member.role in LEADS


def refuse_unless_lead(member: Member) -> None:
    """Raises a 403 with a sentence."""
    if not may_lead(member):
        raise PermissionDenied("Only a lead or an admin of the workspace may change this.")

"""Which roles may change a workspace's set-up."""

from collections.abc import Collection

from vcsm.accounts.models import Member

ADMINS = (Member.Role.ADMIN,)
LEADS = (Member.Role.LEAD, Member.Role.ADMIN)
CALLED = (Member.Role.CSM, Member.Role.LEAD, Member.Role.ADMIN)
"""The roles that look after accounts."""


class NotPermitted(Exception):
    """The member's role is not enough; the message says which role would be."""


class Refused(ValueError):
    """The request makes no sense or cannot be met; the message says why."""


def refuse_unless(member: Member, roles: Collection[str], what: str) -> None:
    """Raises NotPermitted unless the member has one of `roles` and has not left.

    The role is read from the row, so one that was taken away a moment ago no longer counts.
    """
    role = Member.objects.filter(pk=member.pk, left_at=None).values_list("role", flat=True).first()
    if role not in roles:
        needed = "An admin" if tuple(roles) == ADMINS else "A lead or an admin"
        if tuple(roles) == CALLED:
            needed = "A CSM, a lead or an admin"
        raise NotPermitted(f"{needed} of the workspace {what}.")

"""Who may change what of a workspace's set-up."""

from collections.abc import Collection

from vcsm.accounts.models import Member

ADMINS = (Member.Role.ADMIN,)
LEADS = (Member.Role.LEAD, Member.Role.ADMIN)
CALLED = (Member.Role.CSM, Member.Role.LEAD, Member.Role.ADMIN)
"""Those who look after accounts."""


class NotPermitted(Exception):
    """The member's role is not enough; the message says whose would be."""


class Refused(ValueError):
    """What was asked for makes no sense; the message says why."""


def refuse_unless(member: Member, roles: Collection[str], what: str) -> None:
    """Raises NotPermitted unless the member has one of `roles` and has not left.

    Read from the row: a role that was taken away a moment ago no longer counts.
    """
    role = Member.objects.filter(pk=member.pk, left_at=None).values_list("role", flat=True).first()
    if role not in roles:
        needed = "An admin" if tuple(roles) == ADMINS else "A lead or an admin"
        if tuple(roles) == CALLED:
            needed = "A CSM, a lead or an admin"
        raise NotPermitted(f"{needed} of the workspace {what}.")

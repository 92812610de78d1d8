"""Tells open consoles, after commit, that one of them is nobody's any more."""

from vcsm.accounts.models import Member
from vcsm.core.live import members_group, publish_on_commit

LEFT = "member_left"


def member_left(member: Member) -> None:
    """For the sockets themselves: that member's are closed, no page is sent this."""
    publish_on_commit(members_group(member.workspace_id), {"what": LEFT, "member": member.pk})

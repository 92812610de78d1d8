"""Tells open consoles, after commit, what has changed of the workspace and its members."""

from vcsm.accounts.models import Member
from vcsm.core.live import members_group, publish_on_commit

LEFT = "member_left"
WORKSPACE = "workspace"


def member_left(member: Member) -> None:
    """For the sockets themselves: that member's are closed, no page is sent this."""
    publish_on_commit(members_group(member.workspace_id), {"what": LEFT, "member": member.pk})


def workspace_changed(workspace_id: int) -> None:
    """Pages read again who they are signed in as, and where."""
    publish_on_commit(members_group(workspace_id), {"what": WORKSPACE})

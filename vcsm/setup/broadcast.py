"""Tells open consoles, after commit, what has changed about the workspace and its members."""

from vcsm.accounts.models import Member
from vcsm.core.live import members_group, publish_on_commit

LEFT = "member_left"
WORKSPACE = "workspace"


def member_left(member: Member) -> None:
    """Makes the server close the member's own sockets; the message is not passed on to pages."""
    publish_on_commit(members_group(member.workspace_id), {"what": LEFT, "member": member.pk})


def workspace_changed(workspace_id: int) -> None:
    """Makes open pages read the signed-in member and their workspace again."""
    publish_on_commit(members_group(workspace_id), {"what": WORKSPACE})

"""Tells the members' consoles, after commit, that what may be done has changed."""

from vcsm.core.live import members_group, publish_on_commit


def governance_changed(workspace_id: int) -> None:
    publish_on_commit(members_group(workspace_id), {"what": "governance"})

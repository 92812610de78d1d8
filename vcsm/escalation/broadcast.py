"""Tells the members' consoles, after commit, that an escalation is not what it was."""

from vcsm.core.live import members_group, publish_on_commit
from vcsm.escalation.models import Escalation


def escalation_changed(escalation: Escalation) -> None:
    publish_on_commit(
        members_group(escalation.workspace_id),
        {"what": "escalation", "id": str(escalation.pk), "state": escalation.state},
    )

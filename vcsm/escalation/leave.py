"""Passes on what a member held when they leave the workspace."""

from datetime import datetime

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.conversations.models import Takeover
from vcsm.conversations.takeover import end_takeover
from vcsm.escalation import broadcast
from vcsm.escalation.models import Escalation


def release(member: Member, *, successor: Member | None, by: Member, now: datetime) -> int:
    """Gives the member's unresolved escalations to the successor, or to nobody; returns how many.

    Runs in the caller's transaction. In conversations that the member had taken over, the assistant
    speaks again and the contact is told so: otherwise nobody could ever end the silence.
    """
    held = list(
        Escalation.objects.select_for_update()
        .filter(owner=member)
        .exclude(state=Escalation.State.RESOLVED)
        .order_by("pk")
    )
    speaking = Takeover.objects.filter(member=member, ended_at=None).select_related("conversation")
    for takeover in speaking:
        end_takeover(conversation=takeover.conversation, member=member, now=now)
    for escalation in held:
        if escalation.state == Escalation.State.TAKEN:
            escalation.state, escalation.taken_at = Escalation.State.OPEN, None
            append_entry(
                workspace_id=escalation.workspace_id,
                kind="hand_back",
                actor=by,
                subject=f"escalation:{escalation.pk}",
                body={"removed": member.pk},
                at=now,
            )
        escalation.owner, escalation.updated_at = successor, now
        escalation.save(update_fields=["owner", "state", "taken_at", "updated_at"])
        broadcast.escalation_changed(escalation)
    return len(held)

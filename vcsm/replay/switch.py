"""Whether a workspace records: it does not until somebody turns it on."""

from datetime import datetime

from vcsm.accounts.models import Member
from vcsm.replay.models import ReplayChunk, ReplaySwitch


def is_on(workspace_id: int) -> bool:
    return ReplaySwitch.objects.filter(workspace_id=workspace_id).exists()


def turn_on(*, workspace_id: int, by: Member | None, now: datetime) -> ReplaySwitch:
    """Makes the workspace's widgets record, from their next connection on; harmless if repeated."""
    switch, _ = ReplaySwitch.objects.get_or_create(
        workspace_id=workspace_id, defaults={"turned_on_at": now, "by": by}
    )
    return switch


def turn_off(*, workspace_id: int) -> None:
    """Accepts nothing more, from open pages too; what is stored stays until its time is over."""
    ReplaySwitch.objects.filter(workspace_id=workspace_id).delete()


def forget_replays(*, workspace_id: int) -> int:
    """Deletes every chunk of the workspace; returns how many."""
    deleted, _ = ReplayChunk.objects.filter(session__workspace_id=workspace_id).delete()
    return deleted

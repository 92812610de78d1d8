"""Deletes replays that nobody can still need."""

from datetime import datetime

from vcsm.replay.models import ReplayAsk, ReplayChunk


def drop_old(*, before: datetime) -> int:
    """Deletes what was received before that moment; returns how many chunks."""
    dropped, _ = ReplayChunk.objects.filter(received_at__lt=before).delete()
    ReplayAsk.objects.filter(asked_at__lt=before).delete()
    return dropped

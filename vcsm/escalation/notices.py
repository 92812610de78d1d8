"""Notices about deciding: opened once, ended when they no longer hold."""

from datetime import datetime

from django.db import IntegrityError, transaction

from vcsm.escalation.broadcast import deciding_changed
from vcsm.escalation.models import Notice


def open_notice(workspace_id: int, kind: str, *, now: datetime) -> None:
    """Opens a notice of the kind; does nothing if one is open already."""
    open_ones = Notice.objects.filter(workspace_id=workspace_id, kind=kind, ended_at=None)
    if open_ones.exists():
        return
    try:
        with transaction.atomic():
            Notice.objects.create(workspace_id=workspace_id, kind=kind, at=now)
    except IntegrityError:
        return  # another worker has just opened it
    deciding_changed(workspace_id)


def end_notice(workspace_id: int, kind: str, *, now: datetime) -> None:
    open_ones = Notice.objects.filter(workspace_id=workspace_id, kind=kind, ended_at=None)
    if open_ones.update(ended_at=now):
        deciding_changed(workspace_id)

"""Takes a change and a workspace, returns the comparison."""

from datetime import datetime, timedelta

from vcsm.reports.what_if.change import Change
from vcsm.reports.what_if.compare import Comparison, compare
from vcsm.reports.what_if.read import read_past
from vcsm.reports.what_if.replay import replay


def ask_what_if(
    *, workspace_id: int, change: Change, days: int, now: datetime, confidence: float = 0.9
) -> Comparison:
    """Compares the last `days` as they were with how they would have been; changes nothing.

    `confidence` is that of the bounds, 0 to 1.
    """
    history = read_past(workspace_id=workspace_id, since=now - timedelta(days=days), until=now)
    return compare(history, replay(history, change), confidence=confidence)

"""What a report is asked for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A report's question; empty `segment` or `release`: all of them."""

    workspace_id: int
    since: datetime
    until: datetime
    segment: str | None = None
    release: str | None = None

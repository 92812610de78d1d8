"""What a report is asked about."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A report's question. `segment` and `release` are names; None means all of them."""

    workspace_id: int
    since: datetime
    until: datetime
    segment: str | None = None
    release: str | None = None

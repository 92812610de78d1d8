"""What should have been seen of a session and was not: a blind source is not health."""

from datetime import datetime, timedelta

from vcsm.events.models import Session

SILENT = timedelta(minutes=5)
"""A page from which nothing came for so long may be closed, or cut off."""


def blind_sources(
    session: Session, *, refused: int, renews_in_days: int | None, now: datetime
) -> tuple[str, ...]:
    """In words, for `Facts.stale`; empty: everything that was told is fresh. `refused`: the
    session's batches that were acknowledged and could not be read."""
    silent = now - session.seen_at
    found = {
        f"the page, silent for {int(silent.total_seconds() // 60)} minutes": silent > SILENT,
        f"{refused} batches of events that could not be read": refused > 0,
        "the next renewal date, the known one has passed": (renews_in_days or 0) < 0,
    }
    return tuple(words for words, blind in found.items() if blind)

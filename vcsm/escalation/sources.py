"""Names what should have been seen of a session but was not: a blind source is not health."""

from datetime import datetime, timedelta

from vcsm.events.models import Session

SILENT = timedelta(minutes=5)
"""A page silent for this long may have been closed or cut off."""


def blind_sources(
    session: Session, *, refused: int, renews_in_days: int | None, now: datetime
) -> tuple[str, ...]:
    """Names blind sources in words, for `Facts.stale`; empty if all we were told is fresh.

    `refused`: batches of the session that were acknowledged but could not be read.
    """
    silent = now - session.seen_at
    found = {
        f"the page, silent for {int(silent.total_seconds() // 60)} minutes": silent > SILENT,
        f"{refused} batches of events that could not be read": refused > 0,
        "the next renewal date, the known one has passed": (renews_in_days or 0) < 0,
    }
    return tuple(words for words, blind in found.items() if blind)

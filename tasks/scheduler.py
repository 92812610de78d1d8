"""Beat's scheduler, for machines whose clock may be set back.

Celery keeps the last and the next run of each entry as times of day, also in its file. If the clock
was set back by an hour, beat would send nothing for that hour: no sweep and no deadline.
"""

from datetime import timedelta

from celery.beat import PersistentScheduler, ScheduleEntry
from celery.utils.time import maybe_make_aware

SLACK = timedelta(seconds=1)
"""Smaller jumps are ignored: NTP may slew a clock by less while nothing runs."""


class SetClockScheduler(PersistentScheduler):
    """Celery's scheduler, which forgets runs that seem to lie in the future."""

    def tick(self) -> float:  # type: ignore[override]  # its arguments are shortcuts of its own
        """Sends what is due; returns the seconds until it wants to be called again."""
        ahead = [entry for entry in self.schedule.values() if _ran_in_the_future(entry)]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            self._heap = None  # makes Celery compute the next runs anew from the last ones
        return float(super().tick())


def _ran_in_the_future(entry: ScheduleEntry) -> bool:
    if entry.last_run_at is None:
        return False
    now = maybe_make_aware(entry.default_now())
    return bool(maybe_make_aware(entry.last_run_at) > now + SLACK)

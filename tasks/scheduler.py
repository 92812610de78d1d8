"""Beat's scheduler, for machines whose clock may be set.

Celery notes when each entry last ran and will run next as times of day, in its file too: after a
clock was set back by an hour, beat would send nothing for that hour, no sweep and no deadline.
"""

from datetime import timedelta

from celery.beat import PersistentScheduler, ScheduleEntry
from celery.utils.time import maybe_make_aware

SLACK = timedelta(seconds=1)
"""NTP slews a clock by less while nothing runs."""


class SetClockScheduler(PersistentScheduler):
    def tick(self) -> float:  # type: ignore[override]  # its arguments are shortcuts of its own
        """Sends what is due; returns the seconds until it wants to be called again."""
        ahead = [entry for entry in self.schedule.values() if _ran_in_the_future(entry)]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            self._heap = None  # the next runs follow from the last ones, and are reckoned anew
        return float(super().tick())


def _ran_in_the_future(entry: ScheduleEntry) -> bool:
    if entry.last_run_at is None:
        return False
    now = maybe_make_aware(entry.default_now())
    return bool(maybe_make_aware(entry.last_run_at) > now + SLACK)

"""Builds a friction history from files a product already has, before the widget is live.

Lines gather until their day is surely over, then each of the day's visits is stored
(`import_visit`). Running it again, after a crash or with an overlapping file, stores nothing twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from django.db import transaction

from vcsm.accounts.models import Workspace
from vcsm.problems.import_file import NotReadable
from vcsm.problems.import_same import join_people
from vcsm.problems.import_sessions import Visit
from vcsm.problems.import_visit import store_visits
from vcsm.problems.roll_up import count_sessions
from vcsm.problems.segment_lines import Line, NotALine, read_line

WAITING_DAYS = 2
"""A day is stored once events this much later have come: files are only roughly in order."""
MOST_WAITING = 200_000
AT_ONCE = 500
"""Visits stored in one transaction: few, so that what a crash undoes is soon done again."""
AHEAD = timedelta(days=1)
"""How far a clock may be ahead of ours; a line of a later time is refused."""
TOLD = 20


@dataclass(slots=True)
class Imported:
    lines: int = 0
    read: int = 0
    """Lines that could be read."""
    events: int = 0
    sessions: int = 0
    signals: int = 0
    known_already: int = 0
    """Visits that an earlier run had stored."""
    unreadable: int = 0
    joined: int = 0
    """Ids found to be one more id of a contact."""
    told: list[str] = field(default_factory=list)
    """The first unreadable lines, each with its number and the reason."""
    broken: str = ""
    """Why the file could not be read to its end; everything before that is stored."""

    def refuse(self, why: str) -> None:
        self.unreadable += 1
        if len(self.told) < TOLD:
            self.told.append(f"line {self.lines}: {why}")


def import_lines(
    workspace: Workspace, lines: Iterable[bytes], *, tell: Callable[[Imported], None]
) -> Imported:
    """Stores everything that can be read; `tell` is called after each piece stored."""
    done = Imported()
    waiting: dict[Visit, list[Line]] = {}
    size, latest = 0, date.min
    for line in _read(lines, done, until=datetime.now(UTC) + AHEAD):
        day = line.at.date()
        waiting.setdefault((line.person, day), []).append(line)
        size += 1
        if day > latest or size >= MOST_WAITING:
            latest = max(latest, day)
            over = latest - timedelta(days=WAITING_DAYS)
            ready = [one for one in waiting if size >= MOST_WAITING or one[1] < over]
            size -= _store(workspace, waiting, ready, done, tell)
    _store(workspace, waiting, list(waiting), done, tell)
    tell(done)
    return done


def _read(lines: Iterable[bytes], done: Imported, *, until: datetime) -> Iterable[Line]:
    try:
        for text in lines:
            done.lines += 1
            if not text.strip():
                continue
            try:
                line = read_line(text)
            except NotALine as error:
                done.refuse(str(error))
                continue
            if line.at > until:
                done.refuse(f"{line.at.isoformat()} has not come yet")
                continue
            done.read += 1
            yield line
    except NotReadable as error:
        done.broken = str(error)


def _store(
    workspace: Workspace,
    waiting: dict[Visit, list[Line]],
    ready: list[Visit],
    done: Imported,
    tell: Callable[[Imported], None],
) -> int:
    """Stores these visits and counts them, each piece all or nothing; returns how many lines."""
    visits = {
        visit: sorted(waiting.pop(visit), key=lambda line: (line.at, line.message))
        for visit in ready
    }
    with transaction.atomic():
        done.joined += join_people(workspace, chain.from_iterable(visits.values()))
    for start in range(0, len(ready), AT_ONCE):
        piece = {visit: visits[visit] for visit in ready[start : start + AT_ONCE]}
        with transaction.atomic():
            stored = store_visits(workspace, piece)
            if stored.sessions:
                count_sessions(workspace_id=workspace.pk, sessions=stored.sessions)
        done.sessions += len(stored.sessions)
        done.events += stored.events
        done.signals += stored.signals
        done.known_already += stored.known
        tell(done)
    return sum(map(len, visits.values()))

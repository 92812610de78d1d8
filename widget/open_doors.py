"""Knows the sockets open in this process, by door, and closes those whose door was shut.

A door is shut when its key is revoked, its origin is taken off the key's list or an identity key is
retired (`widget.keys.shut_doors`). The database is asked now and then, in one query for all doors,
because a live hint may get lost.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable

from django.db import DatabaseError

from widget import contact
from widget.keys import Opened

log = logging.getLogger(__name__)

HangUp = Callable[[], Awaitable[None]]
CHECK_EVERY = 5.0


class OpenDoors:
    """The open sockets of one process. `add` starts the checks, which end with the last socket."""

    def __init__(self) -> None:
        self._sockets: defaultdict[Opened, set[HangUp]] = defaultdict(set)
        self._looking: asyncio.Task[None] | None = None

    def add(self, opened: Opened, hang_up: HangUp) -> None:
        self._sockets[opened].add(hang_up)
        here = asyncio.get_running_loop()
        looking = self._looking
        if looking is None or looking.done() or looking.get_loop() is not here:
            self._looking = here.create_task(self._keep_looking())

    def remove(self, opened: Opened, hang_up: HangUp) -> None:
        self._sockets[opened].discard(hang_up)
        if not self._sockets[opened]:
            del self._sockets[opened]

    async def _keep_looking(self) -> None:
        while self._sockets:
            await asyncio.sleep(CHECK_EVERY)
            try:
                shut = await contact.shut_doors(list(self._sockets))
            except DatabaseError as error:
                log.warning("whether keys are still in use cannot be read: %s", error)
                continue
            for opened in shut:
                for hang_up in list(self._sockets.get(opened, ())):
                    await hang_up()


OPEN_DOORS = OpenDoors()

"""The sockets open in this process, by key and origin: those whose door was shut are hung up on.

It is shut when the key is taken out of use, the origin off the key's list, or an identity key is
retired (`widget.keys.shut_doors`). Asked of the database now and then, in one query for all,
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
    """Of one process; `add` starts the looking, which ends when no socket is open."""

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

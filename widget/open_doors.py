"""The sockets open in this process, by key: those of a key taken out of use are hung up on.

Asked of the database now and then, in one query for all, because a live hint may get lost.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable

from django.db import DatabaseError

from widget import contact

log = logging.getLogger(__name__)

HangUp = Callable[[], Awaitable[None]]
CHECK_EVERY = 5.0


class OpenKeys:
    """Of one process; `add` starts the looking, which ends when no socket is open."""

    def __init__(self) -> None:
        self._sockets: defaultdict[int, set[HangUp]] = defaultdict(set)
        self._looking: asyncio.Task[None] | None = None

    def add(self, key_id: int, hang_up: HangUp) -> None:
        self._sockets[key_id].add(hang_up)
        here = asyncio.get_running_loop()
        looking = self._looking
        if looking is None or looking.done() or looking.get_loop() is not here:
            self._looking = here.create_task(self._keep_looking())

    def remove(self, key_id: int, hang_up: HangUp) -> None:
        self._sockets[key_id].discard(hang_up)
        if not self._sockets[key_id]:
            del self._sockets[key_id]

    async def _keep_looking(self) -> None:
        while self._sockets:
            await asyncio.sleep(CHECK_EVERY)
            try:
                revoked = await contact.revoked_keys(list(self._sockets))
            except DatabaseError as error:
                log.warning("whether keys are still in use cannot be read: %s", error)
                continue
            for key_id in revoked:
                for hang_up in list(self._sockets.get(key_id, ())):
                    await hang_up()


OPEN_KEYS = OpenKeys()

"""What the sweeps over sockets and HTTP doors share."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.db import DatabaseSyncToAsync


@pytest.fixture
def in_this_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes sockets query the database in the test's own thread. Another thread's connection would
    not see an uncommitted scene, and closing this thread's connection would end it."""

    async def call(self: Any, *arguments: Any, **named: Any) -> Any:
        return await sync_to_async(self.func, thread_sensitive=True)(*arguments, **named)

    monkeypatch.setattr(DatabaseSyncToAsync, "__call__", call)

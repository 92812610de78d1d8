"""What the sweeps over sockets and doors share."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.db import DatabaseSyncToAsync


@pytest.fixture
def in_this_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets ask the database in the test's own thread: another's connection sees nothing of a
    scene that is not committed, and closing this one would end it."""

    async def call(self: Any, *arguments: Any, **named: Any) -> Any:
        return await sync_to_async(self.func, thread_sensitive=True)(*arguments, **named)

    monkeypatch.setattr(DatabaseSyncToAsync, "__call__", call)

"""Hangs up on clients that do not finish a request they have begun.

uvicorn waits for the head of a request, and then for its body, as long as it takes. Connections
that send a byte now and then (slow loris) would hold a place each, for nothing and for ever.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""Seconds from the connection, or the first byte of a further request, to the end of the head."""
BODY_SECONDS = 120.0
"""Seconds from the end of the head to the end of the body; doors and proxies may allow less."""
_ALLOWED = {h11.IDLE: HEAD_SECONDS, h11.SEND_BODY: BODY_SECONDS}


class PunctualProtocol(H11Protocol):
    """uvicorn's protocol with an end to both waits; between requests its keep-alive time rules."""

    _waits_for: Any = None
    _due: asyncio.TimerHandle | None = None
    _upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._upgraded = True
        self._stop()
        super().handle_websocket_upgrade(event)

    def _watch(self) -> None:
        """Gives a new wait its whole time; one that goes on keeps what is left of it."""
        state = self.conn.their_state
        if self._upgraded or state is self._waits_for:
            return
        self._stop()
        self._waits_for = state
        if state in _ALLOWED:
            self._due = self.loop.call_later(_ALLOWED[state], self.transport.close)

    def _stop(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

"""Keeps a socket that goes on talking, however late its answer to a ping is.

uvicorn hangs up on sockets that have not answered its ping within twenty seconds. The answer of a
widget that has much to say comes after all of that, and while events are held back nothing is read
at all: widgets would be cut off for our own delay, come back, and say it all again.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class PatientProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, but it drops only sockets that are read and silent since the ping."""

    _heard_at = 0.0

    def data_received(self, data: bytes) -> None:
        self._heard_at = self.loop.time()
        super().data_received(data)

    def keepalive_timeout(self) -> None:
        if self._heard_at > self.ping_sent_at or self.read_paused:
            # The next interval asks again; a late answer to this ping counts for nothing.
            self.pong_timer = None
            self.pending_ping_payload = None
            self.schedule_ping()
            return
        super().keepalive_timeout()

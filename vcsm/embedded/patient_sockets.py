"""A socket that goes on talking is not dead, however late its answer to a ping is.

uvicorn hangs up on whoever has not answered its ping within twenty seconds. The answer of a widget
that has much to say stands behind all of that, and while events are held back nothing is read at
all: those who are there would be cut off for our own delay, come back, and say it all again.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class PatientProtocol(WebSocketsSansIOProtocol):
    """uvicorn's; an unanswered ping ends only a socket that is read and has said nothing since."""

    _heard_at = 0.0

    def data_received(self, data: bytes) -> None:
        self._heard_at = self.loop.time()
        super().data_received(data)

    def keepalive_timeout(self) -> None:
        if self._heard_at > self.ping_sent_at or self.read_paused:
            # Asked again after the next interval: the answer to this one, when it comes, is none.
            self.pong_timer = None
            self.pending_ping_payload = None
            self.schedule_ping()
            return
        super().keepalive_timeout()

"""A conversation with the widget's socket that Hypothesis leads: greet, send, break off, resume,
and nonsense in between. What was acknowledged must be stored, and no connection may close through
our fault."""

import json
import time
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.fuzz.frames import EVENTS, GARBAGE, TALKATIVE, broken, frames
from vcsm.events.models import Batch, Event

FINE = {1000, 1001, 1007, 1009, 4400, 4408, 4429, 4503}
"""Close codes that the protocol and RFC 6455 name. 1011 is a fault of the server, 1006 a lost
process."""
SECONDS = 30


class Talk(RuleBasedStateMachine):
    """One browser's session, over many connections."""

    address = key = origin = ""

    def __init__(self) -> None:
        super().__init__()
        self.session, self.browser = str(uuid4()), str(uuid4())
        self.socket: ClientConnection | None = None
        self.sent: dict[int, int] = {}
        """Batch → number of events in it, for batches sent and not known to be refused."""
        self.acknowledged: set[int] = set()
        self.next = 1
        self.errors = 0

    @initialize()
    def begin(self) -> None:
        self._greet()

    @rule()
    def come_back(self) -> None:
        """Connects again if needed; every rule does so first. No rule may depend on a connection:
        how soon a client notices its end differs between runs, and what Hypothesis chooses from
        must not."""
        if self.socket is None:
            self._greet()

    def _greet(self) -> None:
        self.socket = connect(
            f"ws://{self.address}/widget/socket?key={self.key}",
            origin=self.origin,  # type: ignore[arg-type]
            subprotocols=["vcsm.v1"],  # type: ignore[list-item]
            max_size=None,
        )
        self.errors = 0
        at = int(time.time() * 1000)
        self._send(json.dumps(self._hello(at)))
        welcome = self._until("welcome")
        if welcome is not None:
            assert welcome["sequence"] >= max(self.acknowledged, default=0), "forgot what it had"
            self.next = welcome["sequence"] + 1

    def _hello(self, at: int) -> dict[str, Any]:
        return {"type": "hello", "session": self.session, "browser": self.browser, "at": at}

    @rule(events=EVENTS)
    def batch(self, events: list[dict[str, Any]]) -> None:
        self.come_back()
        sequence, self.next = self.next, self.next + 1
        self.sent[sequence] = len(events)
        self._send(json.dumps({"type": "events", "sequence": sequence, "events": events}))
        while (frame := self._next()) is not None:
            if frame["type"] in ("ack", "error") and frame.get("sequence") == sequence:
                break
        if frame is not None and frame["type"] == "ack":
            self.acknowledged.add(sequence)
        elif frame is not None:
            assert frame["code"] in ("invalid", "overloaded"), frame
            del self.sent[sequence]
            self.next = sequence if frame["code"] == "overloaded" else self.next

    @rule(data=st.data())
    def talk(self, data: st.DataObject) -> None:
        self.come_back()
        self._send(json.dumps(data.draw(frames(data.draw(st.sampled_from(TALKATIVE))))))
        self._catch_up()

    @rule(text=st.sampled_from(GARBAGE) | broken())
    def nonsense(self, text: str) -> None:
        self.come_back()
        self._send(text)
        self._catch_up()

    @rule(blob=st.binary(max_size=60) | st.just(b"\x00" * 300_000))
    def bytes_(self, blob: bytes) -> None:
        self.come_back()
        self._send(blob)
        self._catch_up()

    @rule(parts=st.lists(st.sampled_from(["{", '"type"', ":", '"home"', "}", ""]), min_size=2))
    def in_fragments(self, parts: list[str]) -> None:
        self.come_back()
        self._send(parts)
        self._catch_up()

    @rule()
    def too_much(self) -> None:
        self.come_back()
        self._send("x" * (2 << 20))
        self._catch_up()

    @rule(politely=st.booleans())
    def break_off(self, politely: bool) -> None:
        if self.socket is None:
            return
        if politely:
            self.socket.close()
        else:
            self.socket.socket.close()
        self.socket = None

    def teardown(self) -> None:
        if self.socket is not None:
            self.socket.close()
        stored = {
            sequence: Event.objects.filter(session_id=self.session, sequence=sequence).count()
            for sequence in self.acknowledged
        }
        told = {one: self.sent.get(one) for one in self.acknowledged}
        assert stored == told, (stored, told)
        ledger = Batch.objects.filter(session_id=self.session).values_list("sequence", flat=True)
        assert self.acknowledged <= set(ledger)

    def _send(self, what: Any) -> None:
        if self.socket is not None:
            try:
                self.socket.send(what)
            except ConnectionClosed as closed:
                self._note_end(closed)

    def _catch_up(self) -> None:
        """Reads until the server has answered everything: a second greeting is refused after the
        rest."""
        self._send(json.dumps(self._hello(0)))
        while (frame := self._next()) is not None:
            if frame.get("code") in ("hello_twice", "too_many_errors"):
                return

    def _until(self, kind: str) -> dict[str, Any] | None:
        while (frame := self._next()) is not None:
            if frame["type"] == kind:
                return frame
        return None

    def _next(self) -> dict[str, Any] | None:
        """Returns the next frame; None when the connection has ended for a reason the protocol
        names."""
        if self.socket is None:
            return None
        try:
            frame: dict[str, Any] = json.loads(self.socket.recv(timeout=SECONDS))
        except ConnectionClosed as closed:
            self._note_end(closed)
            return None
        if frame["type"] == "ack" and frame.get("sequence") in self.sent:
            self.acknowledged.add(frame["sequence"])
        return frame

    def _note_end(self, closed: ConnectionClosed) -> None:
        self.socket = None
        # After a frame that is far too large the client may find the connection gone as it writes.
        code = closed.rcvd.code if closed.rcvd is not None else 1009
        assert code in FINE, f"closed with {code}: {closed.rcvd}"


def fuzz_socket(*, port: int, key: str, origin: str, examples: int, steps: int = 25) -> None:
    """Raises on the first conversation that the server broke."""
    named = {"address": f"127.0.0.1:{port}", "key": key, "origin": origin}
    run_state_machine_as_test(
        type("TalkHere", (Talk,), named),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )

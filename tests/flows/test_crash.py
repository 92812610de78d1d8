"""The web process is killed with no warning, again and again, while a widget sends."""

import socket
import time
from pathlib import Path
from uuid import UUID, uuid4

from websockets.exceptions import ConnectionClosed

from tests.cast import Cast
from tests.stack import Stack, run_environment
from tests.widget_client import WidgetClient, click, rage, widget
from vcsm.embedded.child import Child, start_child, stop_children
from vcsm.embedded.parts import web
from vcsm.events.models import Batch, Event
from vcsm.friction.models import FrictionSignal

KILLS = 4
BATCHES = 25
"""Sent between two kills, without waiting for an answer."""


class Victim:
    """A web server that can be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bound = socket.socket()
        self._bound.bind(("127.0.0.1", 0))
        self.port = int(self._bound.getsockname()[1])
        self._child = self._start()

    def _start(self) -> Child:
        url = f"http://127.0.0.1:{self.port}"
        part = web(number=1, bound=self._bound, url=url, env=run_environment())
        child = start_child(part.program, log=self._folder / "victim.log")
        deadline = time.monotonic() + 60
        while not part.is_ready(child):
            assert child.running(), child.obituary()
            assert time.monotonic() < deadline, "the web server did not start"
            time.sleep(0.05)
        return child

    def die_and_rise(self) -> None:
        self._child.process.kill()
        self._child.process.wait()
        self._child = self._start()

    def end(self) -> None:
        stop_children([self._child])
        self._bound.close()


def _send_until_killed(client: WidgetClient, first: int, victim: Victim) -> set[int]:
    """Sends batches from `first` on, kills the server somewhere among their acks."""
    acknowledged: set[int] = set()
    for sequence in range(first, first + BATCHES):
        client.events(sequence, *[click(sequence * 10 + number) for number in range(5)])
    client.events(first + BATCHES, rage(first, clicks=5))
    try:
        while len(acknowledged) < 5 + first % 7:
            acknowledged.add(client.expect("ack")["sequence"])
        victim.die_and_rise()
        while True:
            acknowledged.add(client.expect("ack", timeout=1)["sequence"])
    except (ConnectionClosed, TimeoutError):
        return acknowledged


def test_nothing_acknowledged_is_lost_and_nothing_is_stored_twice(
    stack: Stack, live_cast: Cast, tmp_path: Path
) -> None:
    victim = Victim(tmp_path)
    here = Stack(port=victim.port, children={})
    session, browser = str(uuid4()), str(uuid4())
    acknowledged: set[int] = set()
    try:
        for _ in range(KILLS):
            with widget(
                here, live_cast.key.key, session=session, browser=browser, origin=stack.origin
            ) as client:
                stored = client.hello()["sequence"]
                assert stored >= max(acknowledged, default=0)
                acknowledged |= _send_until_killed(client, stored + 1, victim)
    finally:
        victim.end()
    _check(UUID(session), acknowledged)


def _check(session: UUID, acknowledged: set[int]) -> None:
    events = list(Event.objects.filter(session_id=session).values_list("sequence", "position"))
    ledger = dict(Batch.objects.filter(session_id=session).values_list("sequence", "events"))
    assert len(acknowledged) >= KILLS * 5, "hardly anything was acknowledged: this shows nothing"
    assert acknowledged <= set(ledger)
    assert len(events) == len(set(events))
    assert {sequence: sum(1 for one, _ in events if one == sequence) for sequence in ledger} == (
        ledger
    )
    assert sorted(ledger) == list(range(1, max(ledger) + 1))
    # The detectors were rebuilt from the events each time: every burst stored is a signal's.
    bursts = Event.objects.filter(session_id=session, kind="burst").count()
    assert bursts == 0 or FrictionSignal.objects.filter(session_id=session, kind="rage").exists()

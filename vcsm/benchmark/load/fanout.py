"""Times messages between a contact and a CSM, both ways, while other conversations are open."""

import asyncio
import itertools
import json
import time
from argparse import ArgumentParser
from collections.abc import Container
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.load.seed import Demo
from vcsm.benchmark.load.serving import Serving, start_site
from vcsm.benchmark.load.talk import Talk, open_widget
from vcsm.benchmark.load.wire import open_wire
from vcsm.benchmark.percentiles import p50_p95_p99

TOKEN = "v" * 32
SHARE = 20
"""Messages of one contact: the widget's limit holds back one who says over thirty a minute."""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--messages", type=at_least(1), default=100, help="each way")
    parser.add_argument("--connections", type=at_least(0), default=500, help="idle widgets beside")


def run(*, messages: int = 100, connections: int = 500) -> dict[str, object]:
    """Times each message from its sending to the other's socket; `to_contact` and `to_member` are
    the two ways."""
    with start_site(demo=True) as site, site.work("urgent"), site.serve() as serving:
        assert site.demo is not None
        both = asyncio.run(_measure(serving, site.demo, messages, connections))
    return {
        **p50_p95_p99(both["to_contact"] + both["to_member"]),
        **{way: p50_p95_p99(waits) for way, waits in both.items()},
        "connections": connections,
    }


async def _measure(
    serving: Serving, demo: Demo, messages: int, connections: int
) -> dict[str, list[float]]:
    for _ in range(connections):
        await open_widget(serving.address, demo.key)
    csm = _Csm(serving.address, demo.cookie)
    headers = f"Cookie: sessionid={demo.cookie}\r\n"
    console = Talk(await open_wire(serving.address, path="/console/socket", headers=headers))
    escalated: dict[str, Talk] = {}
    while len(escalated) * SHARE < messages:
        contact = await open_widget(serving.address, demo.key)
        contact.send(type="say", id=uuid4().hex, text="Let me talk to a person, please")
        escalation = await _escalated(csm, known=escalated)
        await asyncio.to_thread(csm.post, f"escalations/{escalation}/take-over", {})
        escalated[escalation] = contact
    waits: dict[str, list[float]] = {"to_contact": [], "to_member": []}
    talks = itertools.cycle(escalated.items())
    for number, (escalation, contact) in zip(range(messages), talks, strict=False):
        text = f"Hello {number}"
        sent = time.perf_counter()
        body = {"text": text, "client_id": uuid4().hex}
        path = f"escalations/{escalation}/messages"
        posted = asyncio.create_task(asyncio.to_thread(csm.post, path, body))
        came, _ = await contact.wait(type="message", text=text)
        waits["to_contact"].append((came - sent) * 1000)
        await posted
        said = uuid4().hex
        sent = time.perf_counter()
        contact.send(type="say", id=said, text=f"Yes {number}")
        while True:
            came, hint = await console.wait(what="message")
            if hint["message"]["client_id"] == said:
                break
        waits["to_member"].append((came - sent) * 1000)
    return waits


async def _escalated(csm: "_Csm", *, known: Container[str]) -> str:
    """Waits until a contact who asked for a person is in the queue; returns the first escalation
    that is not in `known`. Raises TimeoutError after about ten seconds."""
    for _ in range(100):
        queue = await asyncio.to_thread(csm.get, "escalations")
        for row in queue["rows"]:
            if row["id"] not in known:
                return str(row["id"])
        await asyncio.sleep(0.1)
    raise TimeoutError("nobody was called")


class _Csm:
    """A signed-in member's HTTP, on one connection that stays open as a browser's does."""

    def __init__(self, address: str, cookie: str) -> None:
        self._http = HTTPConnection(address)
        self._headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/json",
            "Origin": f"http://{address}",
        }

    def get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask("POST", path, json.dumps(body))

    def _ask(self, method: str, path: str, body: str | None) -> Any:
        self._http.request(method, f"/console/api/{path}", body, self._headers)
        answer = self._http.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text) if text else None

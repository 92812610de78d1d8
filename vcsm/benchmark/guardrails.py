"""What a ruling costs, and how long after a kill switch was pulled anything is still done.

Measured on a running demo with its customers, over HTTP as the console does it.
"""

import json
import random
import time
from argparse import ArgumentParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.percentiles import p50_p95, percentile
from vcsm.benchmark.road import stack_at
from vcsm.governance import allow
from vcsm.governance.autonomy import LADDER
from vcsm.governance.guardrails import written_guardrails
from vcsm.governance.use_cases import USE_CASES

ADMIN = "bob@northbank.example"
WATCHED_SECONDS = 2.0
PEOPLE_FIRST = "people_first"
"""The rule that no switch affects."""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=at_least(1), default=20, help="times the switch is pulled")
    parser.add_argument("--seed", type=at_least(0), default=1, help="of the rulings that are timed")
    parser.add_argument(
        "--url", help="a demo that runs already on this home; default: one of its own"
    )


def run(*, count: int, seed: int, url: str | None) -> dict[str, object]:
    """Returns `acts_after` (done after the switch had answered, in all), `acts_before` (done
    between pulls), the switch's answer times and the time of a ruling."""
    with stack_at(url) as stack:
        logins = json.loads((stack.home / "demo" / "logins.json").read_text())
        console = _Console(stack.url, ADMIN, logins[ADMIN])
        waits, after, before = [], 0, 0
        for _ in range(count):
            before += console.wait_for_acts()
            started = time.perf_counter()
            console.post("/governance/stop", {"what": "workspace", "why": "measured"})
            waits.append((time.perf_counter() - started) * 1000)
            known = console.acts()
            time.sleep(WATCHED_SECONDS)
            after += len(console.acts() - known)
            console.post("/governance/lift", {"what": "workspace", "why": "measured"})
    return {
        "ruling_us_p95": round(_time_rulings(seed), 2),
        "stop_answered": p50_p95(waits),
        "acts_before": before,
        "acts_after": after,
    }


def _time_rulings(seed: int) -> float:
    """Returns microseconds, p95 over 20,000 rulings in states drawn at random."""
    draw, policy = random.Random(seed), written_guardrails()
    taken = []
    for _ in range(20_000):
        state = allow.State(
            approved={one.key: draw.choice(LADDER) for one in USE_CASES},
            interruptions_today=draw.randrange(10),
            interruptions_this_week=draw.randrange(30),
        )
        request = allow.Request(use_case=draw.choice(USE_CASES).key)
        started = time.perf_counter()
        allow.allow(request, policy, state)
        taken.append((time.perf_counter() - started) * 1e6)
    return percentile(taken, 0.95)


class _Console:
    """A member who is signed in."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self._url, self._jar = url, CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar))
        self._opener.open(f"{url}/console/login").read()
        form = {"username": username, "password": password, "csrfmiddlewaretoken": self._token()}
        headers = {"Referer": f"{url}/console/login"}
        told = Request(f"{url}/console/login", urlencode(form).encode(), headers)
        self._opener.open(told).read()

    def post(self, path: str, body: dict[str, str]) -> Any:
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": self._token(),
            "Referer": f"{self._url}/console/",
        }
        asked = Request(f"{self._url}/console/api{path}", json.dumps(body).encode(), headers)
        return json.loads(self._opener.open(asked).read())

    def acts(self) -> set[str]:
        """Returns the latest hundred acts that were done. Calls for a person whom the contact asked
        for are left out, since no switch stops those."""
        read = self._opener.open(f"{self._url}/console/api/governance/acts?state=done").read()
        return {act["id"] for act in json.loads(read)["rows"] if act["rule"] != PEOPLE_FIRST}

    def wait_for_acts(self) -> int:
        """Waits until something is done again, since only then can a switch stop anything; returns
        how much, 0 after a minute."""
        known, deadline = self.acts(), time.monotonic() + 60
        while time.monotonic() < deadline:
            new = len(self.acts() - known)
            if new:
                return new
            time.sleep(0.05)
        return 0

    def _token(self) -> str:
        return next((one.value or "" for one in self._jar if one.name == "csrftoken"), "")

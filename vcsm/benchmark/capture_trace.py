"""A recorder's time on the main thread's own clock, which stands still while others have the core.

The browser's trace reports each of its calls into a script with the thread's processor time. That
is right even on a busy machine, but what the page itself calls through a recorder's wrapper is not
counted.
"""

import bisect
import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page


def trace(
    page: Page, act: Callable[[], None], *, is_recorder: Callable[[str], bool], window_ms: float
) -> tuple[float, list[float]]:
    """Returns milliseconds outside the windows after presses, and those within each window."""
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    act()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    calls = [one for one in events if one.get("name") == "FunctionCall" and "dur" in one]
    presses = sorted(one["ts"] for one in calls if _said(one, "functionName") == "markPress")
    clicks = [0.0] * len(presses)
    idle, until = 0.0, 0
    ours = [one for one in calls if is_recorder(_said(one, "url"))]
    for call in sorted(ours, key=lambda one: int(one["ts"])):
        if call["ts"] < until:
            continue  # inside a call that is counted
        until = call["ts"] + call["dur"]
        took = call.get("tdur", call["dur"]) / 1000
        last = bisect.bisect_right(presses, call["ts"]) - 1
        if last >= 0 and call["ts"] - presses[last] < window_ms * 1000:
            clicks[last] += took
        else:
            idle += took
    return idle, clicks


def _said(call: dict[str, Any], name: str) -> str:
    return str(call["args"].get("data", {}).get(name, ""))

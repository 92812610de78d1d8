"""Watches, while a set-up page is open, for a first event or a page that was turned away.

It polls once a second, so that taking in events costs nothing extra.
"""

import asyncio
from collections.abc import Awaitable, Callable

from vcsm.accounts.models import WidgetKey
from vcsm.core.connections import in_thread
from vcsm.setup.arrival import latest_arrival
from vcsm.setup.refusals import read_refusals

EVERY = 1.0
AT_MOST = 1_800
"""How often it looks, half an hour in all; somebody who waits longer opens the page again."""

HINT = {"what": "setup"}


async def watch_setup(workspace_id: int, tell: Callable[[], Awaitable[None]]) -> None:
    """Calls `tell` whenever another session's events have come or another origin was refused."""
    seen = await _state(workspace_id)
    for _ in range(AT_MOST):
        await asyncio.sleep(EVERY)
        found = await _state(workspace_id)
        if found != seen:
            seen = found
            await tell()


@in_thread
def _state(workspace_id: int) -> tuple[object, ...]:
    arrival = latest_arrival(workspace_id)
    keys = WidgetKey.objects.filter(workspace_id=workspace_id, revoked_at=None).order_by("pk")
    refused = [
        one.origin for key in keys.values_list("pk", flat=True) for one in read_refusals(key)
    ]
    return (arrival.session if arrival else None, arrival and arrival.identified, *sorted(refused))

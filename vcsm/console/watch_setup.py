"""While a set-up page is open: has a first event come, was a page turned away?

Looked for here once a second, so that taking events in costs nothing for it.
"""

import asyncio
from collections.abc import Awaitable, Callable

from vcsm.accounts.models import WidgetKey
from vcsm.core.connections import in_thread
from vcsm.setup.arrival import latest_arrival
from vcsm.setup.refusals import read_refusals

EVERY = 1.0
AT_MOST = 1_800
"""Looks; somebody who waits longer opens the page again."""

HINT = {"what": "setup"}


async def watch_setup(workspace_id: int, tell: Callable[[], Awaitable[None]]) -> None:
    """Tells whenever another session's events have come, or another origin was refused."""
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

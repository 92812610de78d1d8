"""The hits of a world, ordered as the detection reads them."""

import numpy as np
from numpy.typing import NDArray

from vcsm.benchmark.problem_worlds import World

Ints = NDArray[np.int64]


def with_pages(world: World) -> tuple[Ints, Ints, Ints, Ints]:
    """Step, stream, session and account of each hit, and again, once a session, of its page."""
    page = world.streams.page[world.hit_stream]
    _, first = np.unique(np.stack([page, world.hit_session]), axis=1, return_index=True)
    columns = (
        np.append(world.hit_step, world.hit_step[first]),
        np.append(world.hit_stream, page[first] + len(world.streams.page)),
        np.append(world.hit_session, world.hit_session[first]),
        np.append(world.hit_account, world.hit_account[first]),
    )
    order = np.argsort(columns[0], kind="stable")
    step, stream, session, account = (column[order] for column in columns)
    return step, stream, session, account


def distinct_hits(step: Ints, stream: Ints, session: Ints, account: Ints) -> tuple[Ints, Ints]:
    """Step and stream of each hit, an account counting once per stream and step: colleagues who
    are hit along say nothing new."""
    key = (step * (int(stream.max()) + 1) + stream) * (int(account.max()) + 1) + account
    kept = np.unique(key, return_index=True)[1]
    kept.sort()
    return step[kept], stream[kept]


def hits_by_stream(
    step: Ints, stream: Ints, session: Ints, account: Ints, *, number: int
) -> list[tuple[Ints, Ints, Ints]]:
    """Per stream: steps in order, sessions, accounts."""
    order = np.lexsort((step, stream))
    cuts = np.searchsorted(stream[order], np.arange(1, number))
    columns = (step[order], session[order], account[order])
    return list(zip(*(np.split(column, cuts) for column in columns), strict=True))

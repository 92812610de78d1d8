"""The hits of a world, ordered as the detection reads them."""

import numpy as np
from numpy.typing import NDArray

from vcsm.benchmark.problem_worlds import World

Ints = NDArray[np.int64]


def with_pages(world: World) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns step, stream, session and account of each hit, in order of steps. Each session also
    counts once as a hit of each page it was hit on; pages come after the world's streams."""
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
    """Returns step and stream of each hit. An account counts once per stream and step: colleagues
    who are hit at the same time say nothing new."""
    key = (step * (int(stream.max()) + 1) + stream) * (int(account.max()) + 1) + account
    kept = np.unique(key, return_index=True)[1]
    kept.sort()
    return step[kept], stream[kept]


def hits_by_stream(
    step: Ints, stream: Ints, session: Ints, account: Ints, *, number: int
) -> list[tuple[Ints, Ints, Ints]]:
    """Returns steps in order, sessions and accounts, for each of `number` streams."""
    order = np.lexsort((step, stream))
    cuts = np.searchsorted(stream[order], np.arange(1, number))
    columns = (step[order], session[order], account[order])
    return list(zip(*(np.split(column, cuts) for column in columns), strict=True))

"""A few seconds of `manage.py benchmark flood`: the server is offered far more than it takes."""

import re
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import psutil
import psycopg
from django.db.models import F, Sum

from tests.cast import Cast
from tests.stack import Stack, run_environment
from vcsm.benchmark.load.flood import HELD
from vcsm.benchmark.load.flooder import Flood, run_flood
from vcsm.events.ingest import MAX_WAITING_EVENTS
from vcsm.events.models import Batch, Event
from vcsm.friction.models import FrictionSignal

ROOM_BYTES = MAX_WAITING_EVENTS * 2_000
"""What waits may take of memory; an event on its way is some 200 bytes, and its objects."""


def refused(stack: Stack) -> float:
    with urllib.request.urlopen(f"{stack.origin}/metrics", timeout=30) as answer:
        said = answer.read().decode()
    found = re.search(r'refused_batches_total\{reason="overloaded"\} (\S+)', said)
    return float(found[1]) if found else 0.0


def test_more_than_is_taken_is_refused_and_nothing_acknowledged_is_lost(
    stack: Stack, live_cast: Cast
) -> None:
    flood = Flood(
        address=stack.origin.removeprefix("http://"),
        keys=(live_cast.key.key, live_cast.globex_key.key),
        rate=150_000,
        seconds=3,
        connections=6,
        seed=time.time_ns() % 2**32,
    )
    web = psutil.Process(stack.children["web"].process.pid)
    sizes = [web.memory_info().rss]
    before = refused(stack)
    with ThreadPoolExecutor(1) as pool, psycopg.connect(run_environment()["DATABASE_URL"]) as held:
        held.execute(HELD)  # nothing can be stored, until there is no room for more
        flooding = pool.submit(run_flood, flood)
        while refused(stack) == before:
            assert not flooding.done(), "it was over before anything was refused"
            time.sleep(0.1)
        held.rollback()
        while not flooding.done():
            sizes.append(web.memory_info().rss)
            time.sleep(0.05)
    told = flooding.result()
    assert told.refused > 0 and told.retry_after[0] > 0
    assert told.offered > 2 * told.acked_in_time, "it was no flood"
    assert told.lost == 0 and told.acked == told.sent > 0
    assert max(sizes) - sizes[0] < ROOM_BYTES

    rows = Event.objects.filter(workspace=live_cast.acme).count()
    ledger = Batch.objects.filter(session__workspace=live_cast.acme).aggregate(all=Sum("events"))
    assert rows == ledger["all"] == told.acked
    assert len(told.quiet_ms) >= flood.seconds, "the workspace beside it was not served"
    # The worker would think about them for minutes, and every later test stand behind that.
    signals = FrictionSignal.objects.filter(workspace=live_cast.acme)
    signals.update(reacted_revision=F("revision"))

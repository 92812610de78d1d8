"""Group commit against the real database, without a server."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace as replace_in
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from msgspec.structs import replace

from tests.cast import NOON, Cast, make_cast
from vcsm.accounts.models import Browser, Contact, Workspace
from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.ingest import GroupCommit, NotStorable, Overloaded
from vcsm.events.kinds import Click, Element
from vcsm.events.ledger import Statement
from vcsm.events.models import Batch, Event, Session
from widget.road import open_connection

CLICK = Click(at=int(NOON.timestamp() * 1000), page="/reports", click=1, element=Element(id="b"))
POISON = Click(
    at=CLICK.at, page="\x00", click=1, element=Element(id="b")
)  # only by calling ingest directly: the protocol cleans it


class Recorder:
    """A watcher that notes what it is shown, and fails when told to."""

    def __init__(self) -> None:
        self.seen: list[tuple[UUID, int]] = []
        self.forgotten = 0
        self.fail_once = False
        self.does = "SELECT 1"
        """With every group."""

    def look(self, batch: Incoming) -> object:
        return (batch.context.session_id, batch.sequence)

    def read_past(self, connection: psycopg.Connection, batch: Incoming) -> object:
        raise AssertionError("it always knows the past")

    def catch_up(self, batch: Incoming, past: object) -> object:
        raise AssertionError("it always knows the past")

    def statement(self, found: Sequence[object]) -> Statement:
        if self.fail_once:
            self.fail_once = False
            raise psycopg.OperationalError("the line went dead")
        return self.does.encode(), ()

    def forget(self, session: UUID) -> None:
        self.forgotten += 1

    def committed(self, found: Sequence[object]) -> None:
        self.seen += found  # type: ignore[arg-type]


@pytest.fixture
def committed_cast(django_db_setup: None, django_db_blocker: object) -> object:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield make_cast(suffix=f"-{uuid4().hex[:8]}")


@pytest_asyncio.fixture
async def road(committed_cast: Cast) -> AsyncIterator[tuple[GroupCommit, Recorder, Incoming]]:
    recorder = Recorder()
    commits = GroupCommit(connect=open_connection, watcher=recorder)
    writer = asyncio.create_task(commits.run())
    session = await sync_to_async(committed_cast.session)()
    context = SessionContext(
        workspace_id=session.workspace_id,
        session_id=session.id,
        browser_id=session.browser_id,
        contact_id=session.contact_id,
        clock_offset=0,
    )
    yield commits, recorder, Incoming(context, 1, [CLICK], NOON)
    writer.cancel()
    await commits.close()


async def rows(session_id: UUID) -> list[tuple[int, int]]:
    query = Event.objects.filter(session_id=session_id).order_by("sequence", "position")
    return [row async for row in query.values_list("sequence", "position")]


Road = tuple[GroupCommit, Recorder, Incoming]


async def test_it_works(road: Road) -> None:
    commits, recorder, batch = road
    await commits.submit(batch)
    assert await rows(batch.context.session_id) == [(1, 0)]
    assert recorder.seen == [(batch.context.session_id, 1)]


async def test_the_same_batch_in_one_group_is_stored_and_watched_once(road: Road) -> None:
    commits, recorder, batch = road
    await asyncio.gather(*(commits.submit(batch) for _ in range(5)))
    assert await rows(batch.context.session_id) == [(1, 0)]
    assert len(recorder.seen) == 1


async def test_of_a_group_with_old_and_doubled_batches_what_is_new_is_stored(road: Road) -> None:
    commits, recorder, batch = road
    await commits.submit(batch)
    group = [replace(batch, sequence=number) for number in (1, 2, 2, 3, 1, 4)]
    await asyncio.gather(*map(commits.submit, group))
    session = batch.context.session_id
    assert await rows(session) == [(number, 0) for number in (1, 2, 3, 4)]
    assert recorder.seen == [(session, number) for number in (1, 2, 3, 4)]


async def test_a_batch_and_what_was_found_in_it_are_stored_together_or_not_at_all(
    road: Road,
) -> None:
    commits, recorder, batch = road
    recorder.does = "INSERT INTO no_such_table VALUES (1)"
    with pytest.raises(Overloaded):
        await commits.submit(batch)
    assert await rows(batch.context.session_id) == []
    assert recorder.forgotten == 1
    recorder.does = "SELECT 1"
    await commits.submit(batch)
    assert await rows(batch.context.session_id) == [(1, 0)]
    await commits.submit(batch)  # sent again
    assert await rows(batch.context.session_id) == [(1, 0)]


async def test_a_poisoned_batch_is_refused_and_its_neighbours_are_stored(road: Road) -> None:
    commits, _, batch = road
    group = [replace(batch, sequence=number) for number in range(1, 10)]
    group[4] = replace(group[4], events=[POISON])
    told = await asyncio.gather(*(commits.submit(one) for one in group), return_exceptions=True)
    assert [type(answer) for answer in told].count(NotStorable) == 1
    assert isinstance(told[4], NotStorable)
    stored = [sequence for sequence, _ in await rows(batch.context.session_id)]
    assert stored == [1, 2, 3, 4, 6, 7, 8, 9]


async def test_a_lost_connection_is_tried_again_and_stores_once(road: Road) -> None:
    commits, recorder, batch = road
    recorder.fail_once = True
    await commits.submit(batch)
    assert recorder.seen == [(batch.context.session_id, 1)]
    assert await rows(batch.context.session_id) == [(1, 0)]


async def test_the_servers_killing_of_the_connection_loses_nothing(road: Road) -> None:
    commits, _, batch = road
    await commits.submit(batch)
    killer = open_connection()
    killer.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'vcsm-events' AND pid <> pg_backend_pid()"
    )
    killer.close()
    await commits.submit(replace(batch, sequence=2))
    assert await rows(batch.context.session_id) == [(1, 0), (2, 0)]


async def test_a_flood_is_held_back_and_another_workspace_goes_on(road: Road) -> None:
    commits, _, flood = road
    quiet = await _of_globex(flood)
    commits._waiting.room = 100
    taken = [commits.submit(flood)]
    with pytest.raises(Overloaded):
        while True:
            taken.append(commits.submit(replace(flood, sequence=len(taken) + 1)))
    assert len(taken) == 50, "half of the room: the other half stays free for the others"
    done: list[str] = []
    taken[-1].add_done_callback(lambda _: done.append("flood"))
    commits.submit(quiet).add_done_callback(lambda _: done.append("quiet"))
    with pytest.raises(Overloaded):
        commits.submit(replace(flood, sequence=51))
    await asyncio.gather(*taken)
    await asyncio.sleep(0)
    assert sorted(done) == ["flood", "quiet"]
    assert await rows(quiet.context.session_id) == [(1, 0)]
    assert [sequence for sequence, _ in await rows(flood.context.session_id)] == list(range(1, 51))


async def _of_globex(batch: Incoming) -> Incoming:
    """Charlie's browser, in the other workspace."""
    session = await Session.objects.aget(id=batch.context.session_id)
    other = await Workspace.objects.exclude(id=session.workspace_id).afirst()
    assert other is not None
    contact = await Contact.objects.acreate(workspace=other)
    browser = await Browser.objects.acreate(id=uuid4(), workspace=other, contact=contact)
    own = await Session.objects.acreate(
        id=uuid4(), workspace=other, contact=contact, browser=browser, started_at=NOON, seen_at=NOON
    )
    context = replace_in(batch.context, workspace_id=other.pk, session_id=own.pk)
    return replace(batch, context=context)


async def test_a_refused_batch_leaves_a_row_without_events(road: Road) -> None:
    commits, _, batch = road
    await commits.submit(replace(batch, events=[]))
    ledger = await Batch.objects.aget(session_id=batch.context.session_id)
    assert (ledger.sequence, ledger.events) == (1, 0)


async def test_no_event_is_in_the_future_whatever_the_clock_says(road: Road) -> None:
    commits, _, batch = road
    ahead = Click(at=CLICK.at + 86_400_000, page="/", click=1, element=Element(id="b"))
    await commits.submit(replace(batch, events=[ahead]))
    event = await Event.objects.aget(session_id=batch.context.session_id)
    assert event.at == NOON


async def test_a_clock_that_is_off_is_put_right(road: Road) -> None:
    commits, _, batch = road
    batch.context.clock_offset = -60.0
    await commits.submit(batch)
    event = await Event.objects.aget(session_id=batch.context.session_id)
    assert event.at == NOON - timedelta(minutes=1)


async def test_nothing_is_stored_of_an_erased_session(road: Road) -> None:
    commits, _, batch = road
    gone = replace(batch, context=replace_in(batch.context, session_id=uuid4()))
    told = await asyncio.gather(commits.submit(gone), commits.submit(batch), return_exceptions=True)
    assert isinstance(told[0], NotStorable)
    assert told[1] is None
    assert await rows(gone.context.session_id) == []

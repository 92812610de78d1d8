"""The statement that stores a group, against the real tables: what goes in comes out."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import psycopg
import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cast import NOON, Cast
from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.kinds import Click, Element, Page, Track
from vcsm.events.ledger import NotText, pack, store, stored_of, unpack
from vcsm.events.models import Event, Session
from widget.road import open_connection

pytestmark = pytest.mark.django_db

PRINTABLE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40
)
EVENTS = st.lists(
    st.one_of(
        st.builds(Page, at=st.integers(0, 4_102_444_800_000), page=PRINTABLE),
        st.builds(
            Track,
            at=st.integers(0, 4_102_444_800_000),
            page=PRINTABLE,
            name=PRINTABLE,
            properties=st.dictionaries(PRINTABLE, st.floats(-1e15, 1e15) | PRINTABLE),
        ),
        st.builds(
            Click,
            at=st.integers(0, 4_102_444_800_000),
            page=PRINTABLE,
            click=st.integers(0, 1_000_000),
            element=st.builds(Element, id=PRINTABLE.filter(bool), name=PRINTABLE),
        ),
    ),
    min_size=1,
    max_size=20,
)
READ = """
SELECT position, workspace_id, sequence, kind, at, received_at, page, element, body::text
FROM events_event WHERE session_id = %s ORDER BY sequence, position
"""


def batch_of(events: list[object], *, offset: float = 0.0) -> Incoming:
    session = uuid4()
    context = SessionContext(
        workspace_id=2**40,
        session_id=session,
        browser_id=session,
        contact_id=1,
        clock_offset=offset,
    )
    return Incoming(context, 7, events, datetime.now(UTC))  # type: ignore[arg-type]


@given(EVENTS, st.floats(-1e9, 1e9))
@settings(max_examples=40)
def test_every_event_comes_out_as_it_went_in(events: list[object], offset: float) -> None:
    batch = batch_of(events, offset=offset)

    rows = _round_trip(batch)

    assert [row[0] for row in rows] == list(range(len(events)))
    for (_, workspace, sequence, kind, at, got, page, element, body), event in zip(
        rows, events, strict=True
    ):
        assert (workspace, sequence, got) == (2**40, 7, batch.received_at)
        assert kind == event.__struct_config__.tag  # type: ignore[attr-defined]
        assert page == event.page  # type: ignore[attr-defined]
        assert element == getattr(getattr(event, "element", None), "id", None)
        assert msgspec.json.decode(body, type=type(event)) == event
        asked = event.at / 1000 + offset  # type: ignore[attr-defined]
        assert abs(at.timestamp() - min(asked, batch.received_at.timestamp())) < 0.001


@given(EVENTS)
@settings(max_examples=20)
def test_what_is_unpacked_is_what_came(events: list[object]) -> None:
    batch = batch_of(events)
    assert unpack(pack(batch)) == batch


@pytest.mark.parametrize("page", ["\\u0000", "\\\\u0000", "/a\\"])
def test_text_that_only_looks_like_the_escape_of_nul_is_text(page: str) -> None:
    assert _round_trip(batch_of([Page(at=1, page=page)]))[0][6] == page


@pytest.mark.parametrize("page", ["\x00", "a\x00b", "\\\x00", "\\\\\x00"])
def test_what_postgres_could_not_read_back_is_not_encoded(page: str) -> None:
    with pytest.raises(NotText):
        pack(batch_of([Page(at=1, page=page)]))


def test_one_that_is_stored_already_stops_the_others_and_is_named(cast: Cast) -> None:
    first = batch_of([Page(at=1)])
    second = replace(first, sequence=8)
    with open_connection() as own, own.transaction(force_rollback=True):
        _make_session(own, first)
        store(own, [pack(first)])
        with pytest.raises(psycopg.errors.UniqueViolation), own.transaction():
            store(own, [pack(second), pack(first)])
        session = first.context.session_id
        assert stored_of(own, [(session, 7), (session, 8)]) == {(session, 7)}
        assert len(own.execute(READ, (session,)).fetchall()) == 1


def test_nothing_is_stored_of_a_session_that_is_gone() -> None:
    batch = batch_of([Page(at=1)])
    with open_connection() as own, own.transaction(force_rollback=True):
        with pytest.raises(psycopg.DataError, match="erased"), own.transaction():
            store(own, [pack(batch)])
        assert stored_of(own, [(batch.context.session_id, 7)]) == set()


def test_events_that_come_one_by_one_stand_beside_batches(cast: Cast) -> None:
    """An import writes so, and the web process of the version before during an upgrade."""
    session: Session = cast.session()
    with connection.cursor() as cursor:
        for position, element in enumerate(("a", None)):
            cursor.execute(
                "INSERT INTO events_event VALUES (%s, %s, 1, %s, 'click', %s, %s, '/p', %s, %s)",
                [cast.acme.pk, session.pk, position, NOON, NOON, element, '{"click": 3}'],
            )
    rows = Event.objects.filter(session=session).order_by("position")
    assert [(row.position, row.kind, row.at, row.page, row.element) for row in rows] == [
        (0, "click", NOON, "/p", "a"),
        (1, "click", NOON, "/p", None),
    ]
    assert [row.body["click"] for row in rows] == [3, 3]


def _round_trip(batch: Incoming) -> list[tuple[object, ...]]:
    own = open_connection()
    try:
        with own.transaction(force_rollback=True):
            _make_session(own, batch)
            store(own, [pack(batch)])
            return own.execute(READ, (batch.context.session_id,)).fetchall()
    finally:
        own.close()


def _make_session(own: psycopg.Connection, batch: Incoming) -> None:
    """Its row alone: no constraint asks for the others', and it is rolled back."""
    own.execute("SET LOCAL session_replication_role = replica")
    own.execute(
        "INSERT INTO events_session (id, workspace_id, contact_id, browser_id, started_at, seen_at,"
        " page, user_agent, release) VALUES (%s, 1, 1, %s, now(), now(), '', '', '')",
        (batch.context.session_id, batch.context.browser_id),
    )

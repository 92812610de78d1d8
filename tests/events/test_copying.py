"""The binary COPY stream against the real table: what goes in comes out."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcsm.events.copying import COPY, encode_rows
from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.kinds import Click, Element, Page, Track
from widget.road import _connect

pytestmark = pytest.mark.django_db

PRINTABLE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40
)
EVENTS = st.lists(
    st.one_of(
        st.builds(Page, at=st.integers(0, 4_102_444_800_000), page=PRINTABLE),
        st.builds(Track, at=st.integers(0, 4_102_444_800_000), page=PRINTABLE, name=PRINTABLE),
        st.builds(
            Click,
            at=st.integers(0, 4_102_444_800_000),
            page=PRINTABLE,
            click=st.integers(0, 1_000_000),
            element=st.builds(Element, id=PRINTABLE.filter(bool), name=PRINTABLE),
        ),
    ),
    max_size=20,
)


@given(EVENTS, st.floats(-1e9, 1e9))
@settings(max_examples=40)
def test_every_event_comes_out_as_it_went_in(events: list[object], offset: float) -> None:
    session = uuid4()
    received = datetime.now(UTC)
    batch = Incoming(
        context=SessionContext(
            workspace_id=2**40,
            session_id=session,
            browser_id=session,
            contact_id=1,
            clock_offset=offset,
        ),
        sequence=7,
        events=events,  # type: ignore[arg-type]
        received_at=received,
    )

    rows = _round_trip(batch)

    assert [row[0] for row in rows] == list(range(len(events)))
    for (_, workspace, sequence, kind, at, got, page, element, body), event in zip(
        rows, events, strict=True
    ):
        assert (workspace, sequence, got) == (2**40, 7, received)
        assert kind == event.__struct_config__.tag  # type: ignore[attr-defined]
        assert page == event.page  # type: ignore[attr-defined]
        assert element == getattr(getattr(event, "element", None), "id", None)
        assert msgspec.json.decode(body, type=type(event)) == event
        asked = event.at / 1000 + offset  # type: ignore[attr-defined]
        assert abs(at.timestamp() - min(asked, received.timestamp())) < 0.001


def _round_trip(batch: Incoming) -> list[tuple[object, ...]]:
    connection = _connect()
    try:
        with connection.transaction(force_rollback=True), connection.cursor() as cursor:
            with cursor.copy(COPY) as copy:
                copy.write(encode_rows([batch]))
            cursor.execute(
                "SELECT position, workspace_id, sequence, kind, at, received_at, page, element,"
                " body::text FROM events_event WHERE session_id = %s ORDER BY position",
                (batch.context.session_id,),
            )
            return cursor.fetchall()
    finally:
        connection.close()

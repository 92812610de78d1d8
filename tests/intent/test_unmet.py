"""What contacts ask for that does not exist: grouped, with who asked, and made an intent."""

from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from tests.intent.test_discover import NOISE, OBJECTS
from vcsm.intent.classify import capture_asked
from vcsm.intent.remembered import forget_models, read_health
from vcsm.intent.taxonomy import save_intent
from vcsm.intent.unmet import adopt_group, find_unmet

pytestmark = pytest.mark.django_db
ASKS = ["can I have {}", "please add {}", "where do I find {}"]
WISHES = [ask.format(thing) for thing in OBJECTS["gantt chart"] for ask in ASKS]


@pytest.fixture
def stream(cast: Cast) -> Cast:
    forget_models()
    save_intent(
        workspace_id=cast.acme.pk,
        name="reset_password",
        examples=["I forgot my password", "reset my login", "cannot sign in"],
    )
    for number, text in enumerate(
        [*WISHES, *NOISE, "how do I reset my password", "wo ist der Bär"]
    ):
        capture_asked(
            workspace_id=cast.acme.pk,
            contact_id=cast.vera.pk,
            session_id=None,
            text=text,
            at=NOON + timedelta(minutes=number),
        )
    return cast


def _find(cast: Cast, *, workspace=None):
    return find_unmet(
        workspace_id=(workspace or cast.acme).pk, since=NOON, until=NOON + timedelta(hours=1)
    )


def test_it_works(stream):
    (group,) = _find(stream)
    assert set(group.messages) <= set(WISHES)
    assert group.title in WISHES
    assert (group.contacts, group.accounts) == (1, 1)
    assert group.annual_revenue == (stream.kestrel.annual_revenue or 0)
    assert NOON <= group.first_at < group.last_at


def test_whoever_asks_for_a_person_has_no_unmet_wish(stream):
    for number in range(9):
        capture_asked(
            workspace_id=stream.acme.pk,
            contact_id=stream.vera.pk,
            session_id=None,
            text="please let me talk to a real person",
            at=NOON + timedelta(minutes=40, seconds=number),
        )
    (group,) = _find(stream)
    assert set(group.messages) <= set(WISHES)


def test_one_click_makes_it_an_intent(stream):
    (group,) = _find(stream)
    adopt_group(
        workspace_id=stream.acme.pk, name="gantt", captured_ids=group.captured_ids, title="Gantt"
    )
    captured = capture_asked(
        workspace_id=stream.acme.pk,
        contact_id=stream.vera.pk,
        session_id=None,
        text="please give us a Gantt chart",
        at=NOON + timedelta(hours=2),
    )
    assert captured.intent.title == "Gantt"
    assert read_health(stream.acme.pk).intents == 2


def test_another_workspace_sees_nothing(stream):
    assert _find(stream, workspace=stream.globex) == []


def test_another_workspaces_messages_teach_nothing(stream):
    (group,) = _find(stream)
    intent = adopt_group(
        workspace_id=stream.globex.pk, name="theft", captured_ids=group.captured_ids
    )
    assert intent.examples.count() == 0

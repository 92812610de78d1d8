"""What a session implies without a word said, and what they are after over time."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from django.db import connection

from tests.cast import NOON, Cast
from vcsm.events import kinds
from vcsm.events.models import Session
from vcsm.intent import looked_at
from vcsm.intent.classify import capture_asked
from vcsm.intent.goal import correct_goal, goal_of_contact, goal_of_session
from vcsm.intent.implied import imply, imply_in
from vcsm.intent.looked_at import waiting_sessions
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.mood import mood_of
from vcsm.intent.remembered import forget_models
from vcsm.intent.taxonomy import save_intent
from vcsm.intent.ways import learn_ways

pytestmark = pytest.mark.django_db
INTENTS = {
    "export_report": ["how do I export a report", "download the report as PDF", "export to Excel"],
    "invite_colleague": ["invite a colleague", "add someone to my team", "invite a team mate"],
    "reset_password": ["I forgot my password", "reset my login", "change my password"],
}


@pytest.fixture
def taught(cast: Cast) -> Cast:
    forget_models()
    for name, examples in INTENTS.items():
        save_intent(workspace_id=cast.acme.pk, name=name, examples=examples)
    return cast


def happened(session: Session, *events: kinds.Any, sequence: int = 1, at: datetime = NOON) -> None:
    """Stores the events as ingest does."""
    with connection.cursor() as cursor:
        for position, event in enumerate(events):
            cursor.execute(
                "INSERT INTO events_event VALUES (%s, %s, %s, %s, %s, %s, %s, %s, NULL, %s)",
                (
                    session.workspace_id,
                    session.pk,
                    sequence,
                    position,
                    event.__struct_config__.tag,
                    at + timedelta(seconds=position),
                    at + timedelta(seconds=position),
                    event.page,
                    msgspec.json.encode(event).decode(),
                ),
            )


def _page(path: str, title: str = "") -> kinds.Page:
    return kinds.Page(at=0, page=path, title=title)


def test_it_works(taught):
    session = taught.session()
    happened(session, _page("/home"), kinds.Search(at=0, query="export report pdf", results=0))
    (found,) = imply(session_id=session.pk)
    assert found.intent.name == "export_report"
    assert (found.source, found.text) == ("implied", "export report pdf")
    assert found.evidence == {"kind": "search", "results": 0}
    goal = goal_of_session(session.pk, now=NOON + timedelta(minutes=1))
    assert goal.title == "Export report"
    assert goal.evidence[0].captured_id == found.pk


def test_what_was_looked_at_is_not_looked_at_again(taught):
    session = taught.session()
    happened(session, kinds.Search(at=0, query="reset password"))
    assert waiting_sessions(since=NOON, at_most=5) == [session.pk]
    assert len(imply(session_id=session.pk)) == 1
    assert imply(session_id=session.pk) == []
    assert waiting_sessions(since=NOON, at_most=5) == []
    happened(session, kinds.Search(at=0, query="invite a colleague"), sequence=2)
    (second,) = imply(session_id=session.pk)
    assert second.intent.name == "invite_colleague"


def test_a_long_session_is_looked_at_a_few_batches_at_a_time(taught, monkeypatch):
    monkeypatch.setattr(looked_at, "BATCHES", 3)
    session = taught.session()
    for sequence in range(1, 9):
        click = kinds.Click(at=0, page="/", click=sequence, element=kinds.Element(id="save"))
        happened(session, click, sequence=sequence)
    happened(session, kinds.Search(at=0, query="reset password"), sequence=9)
    looks = [imply(session_id=session.pk) for _ in range(10)]
    assert looks[0] == [], "the search is further on"
    assert [row.text for found in looks for row in found] == ["reset password"]
    assert waiting_sessions(since=NOON, at_most=5) == []


def test_in_passing_a_few_events_are_looked_at_and_the_rest_later(taught):
    session = taught.session()
    searches = ["reset password", "invite a colleague", "export report"]
    happened(session, *(kinds.Search(at=0, query=query) for query in searches))
    assert [row.text for row in imply_in(session, 2)] == searches[:2]
    assert [row.text for row in imply(session_id=session.pk)] == searches[2:]


def test_a_page_tells_by_its_title_or_by_a_sign(taught):
    save_intent(
        workspace_id=taught.acme.pk,
        name="set_up_sso",
        examples=["set up single sign-on"],
        signs=["/settings/sso*", "track:idp_*"],
    )
    session = taught.session()
    happened(
        session,
        _page("/settings", "Settings"),
        _page("/team/invite", "Invite a colleague to your team"),
        _page("/team/invite", "Invite a colleague to your team"),
        _page("/settings/sso/saml"),
        kinds.Track(at=0, name="idp_tested"),
    )
    found = imply(session_id=session.pk)
    assert [row.intent.name for row in found] == ["invite_colleague", "set_up_sso"]
    assert found[1].evidence["sign"] is True


def test_a_search_that_found_something_is_no_unmet_wish(taught):
    session = taught.session()
    happened(
        session,
        kinds.Search(at=0, query="Kestrel Coffee GmbH invoice", results=3),
        kinds.Search(at=0, query="gantt chart of all projects", results=0),
        kinds.Search(at=0, query="   "),
    )
    (found,) = imply(session_id=session.pk)
    assert (found.text, found.outcome) == ("gantt chart of all projects", "none")


def test_ways_that_led_to_an_intent_imply_it(taught):
    for number in range(40):
        session = taught.session()
        where, what = (
            ("/team", "invite a colleague") if number % 2 else ("/reports", "export a report")
        )
        happened(session, _page("/home"), _page(where))
        capture_asked(
            workspace_id=taught.acme.pk,
            contact_id=taught.vera.pk,
            session_id=session.pk,
            text=f"how do I {what}",
            at=NOON + timedelta(minutes=1),
        )
    learn_ways(workspace_id=taught.acme.pk, now=NOON + timedelta(hours=1))
    visit = taught.session()
    happened(visit, _page("/home"), _page("/team"))
    (found,) = imply(session_id=visit.pk)
    assert found.intent.name == "invite_colleague"
    assert found.evidence == {"kind": "path", "steps": ["/home", "/team"]}


def test_the_goal_follows_what_is_new_and_what_is_set_right(taught):
    def say(text: str, at: datetime, session: UUID | None = None) -> CapturedIntent:
        return capture_asked(
            workspace_id=taught.acme.pk,
            contact_id=taught.vera.pk,
            session_id=session,
            text=text,
            at=at,
        )

    say("how do I export a report", NOON - timedelta(days=20))
    asked = say("invite a colleague please", NOON)
    later = NOON + timedelta(minutes=5)
    goal = goal_of_contact(taught.vera.pk, now=later)
    assert goal.title == "Invite colleague"
    assert 0.5 < goal.share <= 1

    right = Intent.objects.get(name="reset_password")
    correct_goal(
        contact_id=taught.vera.pk,
        captured_id=goal.evidence[0].captured_id,
        intent_id=right.pk,
        at=later,
    )
    goal = goal_of_contact(taught.vera.pk, now=later)
    assert (goal.title, goal.share) == ("Reset password", 1)
    assert goal.evidence[0].set_right
    correct_goal(contact_id=taught.vera.pk, captured_id=asked.pk, intent_id=None, at=later)
    assert goal_of_contact(taught.vera.pk, now=later) is None


def test_nobody_corrects_what_is_about_another(taught):
    captured = capture_asked(
        workspace_id=taught.acme.pk,
        contact_id=taught.vera.pk,
        session_id=None,
        text="invite a colleague",
        at=NOON,
    )
    with pytest.raises(CapturedIntent.DoesNotExist):
        correct_goal(contact_id=0, captured_id=captured.pk, intent_id=None, at=NOON)


def test_a_tone_is_read_against_the_persons_own(taught):
    for minute, text in enumerate(
        ["thanks, works great", "how do I export", "this is infuriating"]
    ):
        capture_asked(
            workspace_id=taught.acme.pk,
            contact_id=taught.vera.pk,
            session_id=None,
            text=text,
            at=NOON + timedelta(minutes=minute),
        )
    calm = mood_of(taught.vera.pk, at=NOON + timedelta(minutes=1))
    angry = mood_of(taught.vera.pk, at=NOON + timedelta(minutes=5))
    assert angry.messages == 2
    assert angry.shift < angry.valence < 0
    assert calm.shift > angry.shift
    assert mood_of(0, at=NOON) is None


@pytest.mark.parametrize("odd", ["\u202e🙂", "x" * 120, "'; DROP TABLE x", "忘记密码"])
def test_odd_searches_and_events_do_no_harm(taught, odd):
    session = taught.session()
    happened(session, kinds.Search(at=0, query=odd), kinds.Track(at=0, name=odd), _page(f"/{odd}"))
    assert isinstance(imply(session_id=session.pk), list)

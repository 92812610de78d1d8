"""Unmet wishes that stay themselves from night to night, and what confirmed messages teach."""

from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from tests.intent.test_discover import OBJECTS
from vcsm.intent.classify import capture_asked
from vcsm.intent.clusters import adopt_cluster, put_aside, refresh_clusters, take_up_again
from vcsm.intent.confirmed import read_kept
from vcsm.intent.correct import correct_intent
from vcsm.intent.models import CapturedIntent, Intent, UnmetCluster
from vcsm.intent.remembered import forget_models, known_for
from vcsm.intent.taxonomy import save_intent

pytestmark = pytest.mark.django_db
ASKS = ["can I have {}", "please add {}", "where do I find {}"]
NIGHT = NOON + timedelta(days=1)


@pytest.fixture
def taught(cast: Cast) -> Cast:
    forget_models()
    save_intent(
        workspace_id=cast.acme.pk,
        name="reset_password",
        examples=["I forgot my password", "reset my login", "cannot sign in"],
    )
    return cast


def _ask(cast: Cast, texts: list[str], *, day: int = 0) -> list[CapturedIntent]:
    return [
        capture_asked(
            workspace_id=cast.acme.pk,
            contact_id=cast.vera.pk,
            session_id=None,
            text=text,
            at=NOON + timedelta(days=day, minutes=number),
        )
        for number, text in enumerate(texts)
    ]


def _wishes(thing: str, asks: list[str] = ASKS) -> list[str]:
    return [ask.format(name) for name in OBJECTS[thing] for ask in asks]


def _refresh(cast: Cast, *, day: int = 1) -> list[UnmetCluster]:
    return refresh_clusters(workspace_id=cast.acme.pk, now=NOON + timedelta(days=day))


def test_it_works(taught):
    _ask(taught, _wishes("gantt chart"))
    (cluster,) = _refresh(taught)
    assert cluster.size >= 8
    assert (cluster.contacts, cluster.accounts) == (1, 1)
    assert sum(cluster.trend) == cluster.size
    assert cluster.annual_revenue == taught.kestrel.annual_revenue


def test_a_cluster_stays_itself_while_it_grows(taught):
    _ask(taught, _wishes("gantt chart"))
    (first,) = _refresh(taught)
    _ask(taught, _wishes("gantt chart", ["is there {} somewhere", "do you offer {}"]), day=2)
    second = {one.pk: one for one in _refresh(taught, day=3)}[first.pk]
    assert second.size > first.size
    assert second.found_at == first.found_at < second.seen_at
    assert second.captured.count() == second.size


def test_it_is_recognised_by_its_middle_when_no_message_is_shared(taught):
    _ask(taught, _wishes("gantt chart"))
    (first,) = _refresh(taught)
    put_aside(cluster=first, member=taught.alice, at=NIGHT)
    CapturedIntent.objects.update(at=NOON - timedelta(days=60))
    _ask(taught, _wishes("gantt chart"), day=2)
    (second,) = _refresh(taught, day=3)
    assert second.pk == first.pk
    assert second.settled_by == taught.alice, "what was put aside does not come back as new"
    take_up_again(cluster=second)
    second.refresh_from_db()
    assert second.settled_at is None


def test_one_click_makes_it_an_intent(taught):
    _ask(taught, _wishes("gantt chart"))
    (cluster,) = _refresh(taught)
    intent = adopt_cluster(
        cluster=cluster, name="gantt", title="Gantt", member=taught.alice, at=NIGHT
    )
    assert intent.examples.count() >= 8
    (captured,) = _ask(taught, ["please give us a Gantt chart"], day=2)
    assert captured.intent == intent
    assert read_kept(taught.acme.pk).confirmed == 0, "it did not exist when they were rejected"
    assert _refresh(taught, day=3) == []
    with pytest.raises(ValueError, match="already"):
        adopt_cluster(cluster=cluster, name="gantt", member=taught.alice, at=NIGHT)


def test_running_twice_changes_nothing(taught):
    _ask(taught, _wishes("gantt chart"))
    assert [one.pk for one in _refresh(taught)] == [one.pk for one in _refresh(taught)]
    assert UnmetCluster.objects.count() == 1
    assert refresh_clusters(workspace_id=taught.globex.pk, now=NIGHT) == []


def test_confirmed_messages_are_counted_against_the_promise_and_calibrate(taught):
    right = Intent.objects.get(name="reset_password")
    asked = _ask(taught, ["pw lost again", "login broken lol", "cannot get in", "pizza recipes"])
    before = known_for(taught.acme.pk).model.classify(asked[0].vector, "pw lost again").p_value
    for captured in asked[:3]:
        correct_intent(
            captured_id=captured.pk, intent_id=right.pk, member_id=taught.alice.pk, at=NIGHT
        )
    correct_intent(captured_id=asked[3].pk, intent_id=None, member_id=taught.alice.pk, at=NIGHT)
    kept = read_kept(taught.acme.pk)
    assert (kept.nominal, kept.confirmed, kept.strangers, kept.caught) == (0.9, 3, 1, 1)
    assert kept.actual == sum(row.outcome != "none" for row in asked[:3]) / 3
    assert kept.low <= kept.actual <= kept.high
    after = known_for(taught.acme.pk).model.classify(asked[0].vector, "pw lost again").p_value
    assert after > before


def test_nothing_confirmed_promises_nothing(cast):
    kept = read_kept(cast.acme.pk)
    assert (kept.actual, kept.low, kept.high) == (None, 0.0, 1.0)

"""A change of model: old vectors answer until the new are all there, and a stop loses nothing."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOON, Cast
from tests.tiny_encoder import make_tiny_encoder
from vcsm.assistant.models import Reembedding
from vcsm.assistant.reembed import reembed_some
from vcsm.core import embeddings
from vcsm.core.encoder import here
from vcsm.intent import tone
from vcsm.intent.classify import capture_asked
from vcsm.intent.models import CapturedIntent, IntentExample
from vcsm.intent.remembered import forget_models, known_for
from vcsm.intent.taxonomy import save_intent, serving_encoder
from vcsm.knowledge import search as knowledge_search
from vcsm.knowledge.answer import answer
from vcsm.knowledge.articles import ArticleText, save_article
from vcsm.knowledge.models import ChunkVector
from vcsm.knowledge.near import ensure_index
from vcsm.knowledge.search import search

pytestmark = pytest.mark.django_db
EXPORT = ArticleText("Export a report", "Choose **Export**. PDF and Excel are offered.")
INVITE = ArticleText("Invite a colleague", "Open *Team* and press Invite.")


class Ticks:
    """A clock that a call moves by a second."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def stocked(cast: Cast) -> Cast:
    forget_models()
    # An index cannot be made in a transaction that has changed its table, as this test's will have.
    ensure_index(32)
    save_intent(
        workspace_id=cast.acme.pk, name="export", examples=["export a report", "report as PDF"]
    )
    for slug, text in (("export", EXPORT), ("invite", INVITE)):
        save_article(workspace_id=cast.acme.pk, slug=slug, text=text, at=NOON)
    _ask(cast, "the weather in Lisbon tomorrow")
    return cast


@pytest.fixture
def other_model(settings, tmp_path):
    """The encoder changes; the bundled one is the one before."""
    settings.VCSM_ENCODER = str(make_tiny_encoder(tmp_path / "tiny", seed=1))
    _forget()
    yield embeddings.encoder_id()
    _forget()


def _forget() -> None:
    """What a process keeps of its encoder: a change of the setting is a new process."""
    for kept in (here._encoder_of, tone._tone_model, tone._person_model):
        kept.cache_clear()


def _ask(cast: Cast, text: str) -> CapturedIntent:
    return capture_asked(
        workspace_id=cast.acme.pk, contact_id=cast.vera.pk, session_id=None, text=text, at=NOON
    )


def test_old_vectors_answer_until_the_new_are_all_there(stocked, request):
    before = embeddings.encoder_id()
    present = request.getfixturevalue("other_model")
    assert present != before
    assert serving_encoder(stocked.acme.pk) == before
    assert knowledge_search.serving_encoder(stocked.acme.pk) == before
    assert answer(workspace_id=stocked.acme.pk, text="export a report to Excel").known
    assert _ask(stocked, "how do I export my report").intent.name == "export"

    row = reembed_some(clock=Ticks(), until=NOON + timedelta(hours=1))
    assert row.finished_at is not None
    assert row.done == row.total >= 5
    assert serving_encoder(stocked.acme.pk) == present
    assert set(ChunkVector.objects.values_list("encoder_id", flat=True)) == {present}
    assert len(IntentExample.objects.first().vector) == 4 * 32
    assert {len(c.vector) for c in CapturedIntent.objects.filter(outcome="none")} == {4 * 32}
    assert search(workspace_id=stocked.acme.pk, text="export a report")
    assert known_for(stocked.acme.pk).encoder_id == present
    assert reembed_some(clock=Ticks(), until=NOON + timedelta(hours=1)) is None


def test_a_stop_loses_nothing_and_edits_meanwhile_are_found(stocked, request):
    present = request.getfixturevalue("other_model")
    stopped = reembed_some(clock=Ticks(), until=NOON + timedelta(seconds=3))
    assert stopped.finished_at is None
    assert 0 < stopped.done < stopped.total
    save_article(
        workspace_id=stocked.acme.pk,
        slug="sso",
        text=ArticleText("Single sign-on", "Choose your identity provider under Security."),
        at=NOON,
    )
    save_intent(workspace_id=stocked.acme.pk, name="sso", examples=["set up single sign-on"])
    assert answer(workspace_id=stocked.acme.pk, text="set up single sign-on").known
    assert _ask(stocked, "set up single sign-on please").intent.name == "sso"
    reembed_some(clock=Ticks(), until=NOON + timedelta(hours=1))
    assert Reembedding.objects.get().done == Reembedding.objects.get().total
    assert set(IntentExample.objects.values_list("encoder_id", flat=True)) == {present}


def test_vectors_of_a_model_that_is_gone_are_not_compared(stocked, settings, request):
    ChunkVector.objects.update(encoder_id="gone:1")
    stocked.acme.library.encoder_id = "gone:1"
    stocked.acme.library.save()
    found = search(workspace_id=stocked.acme.pk, text="export")
    assert found[0].title == "Export a report", "found by its words"
    assert reembed_some(clock=Ticks(), until=NOON + timedelta(hours=1)).finished_at
    assert answer(workspace_id=stocked.acme.pk, text="export a report to Excel").known


def test_the_command_says_how_far_it_is(stocked, other_model):
    out = StringIO()
    call_command("reembed", stdout=out, stderr=StringIO())
    told = json.loads(out.getvalue())
    assert told["finished"] is True
    assert told["done"] == told["total"] > 0
    out = StringIO()
    call_command("reembed", status=True, stdout=out)
    assert json.loads(out.getvalue())["encoder"] == other_model


def test_a_missing_model_is_one_clear_sentence(db, settings, tmp_path):
    settings.VCSM_ENCODER = str(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="no such folder") as failed:
        call_command("reembed", stdout=StringIO())
    assert "\n" not in str(failed.value)

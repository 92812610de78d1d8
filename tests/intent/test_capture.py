"""Intents in the database: taxonomy, capture, correction, and that nothing crosses workspaces."""

from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.intent.classify import capture_asked, capture_chosen, capture_implied
from vcsm.intent.correct import correct_intent
from vcsm.intent.history import current_intent, latest_intent
from vcsm.intent.models import CapturedIntent, Intent, IntentExample
from vcsm.intent.reembed import reembed_examples
from vcsm.intent.remembered import forget_models, model_for
from vcsm.intent.taxonomy import add_examples, read_examples, save_intent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_models_of_other_tests():
    """Workspace ids come back after a rollback, with other intents."""
    forget_models()


@pytest.fixture
def taught(cast: Cast) -> Cast:
    for name, examples in {
        "export_report": ["how do I export a report", "download the report as PDF"],
        "invite_colleague": ["invite a colleague", "add someone to my team"],
        "reset_password": ["I forgot my password", "reset my login"],
    }.items():
        save_intent(workspace_id=cast.acme.pk, name=name, examples=examples)
    return cast


def _ask(cast: Cast, text: str, at=NOON) -> CapturedIntent:
    return capture_asked(
        workspace_id=cast.acme.pk, contact_id=cast.vera.pk, session_id=None, text=text, at=at
    )


def test_it_works(taught):
    captured = _ask(taught, "where can I export my report to PDF?")
    captured.refresh_from_db()
    assert captured.intent.name == "export_report"
    assert captured.source == "asked"
    assert captured.outcome in ("sure", "unsure")
    assert captured.alternatives[0]["title"] == "Export report"
    assert len(captured.vector) == 1536
    assert captured.encoder_id.startswith("all-MiniLM-L6-v2:")
    assert latest_intent(contact_id=taught.vera.pk) == captured


def test_none_of_these_names_no_intent(taught):
    captured = _ask(taught, "the weather in Lisbon tomorrow")
    assert (captured.outcome, captured.intent) == ("none", None)
    assert captured.p_value <= 0.10


def test_a_workspace_without_intents_understands_nothing_and_says_so(cast):
    captured = _ask(cast, "how do I export a report")
    assert (captured.outcome, captured.intent, captured.alternatives) == ("none", None, [])


def test_one_workspace_never_sees_anothers_intents(taught):
    assert model_for(taught.globex.pk).intents == ()
    mine = Intent.objects.get(name="export_report")
    with pytest.raises(Intent.DoesNotExist):
        capture_chosen(
            workspace_id=taught.globex.pk,
            contact_id=taught.vera.pk,
            session_id=None,
            intent_id=mine.pk,
            at=NOON,
        )


def test_an_edit_is_known_at_the_next_message(taught):
    before = _ask(taught, "can I get dark mode")
    assert before.outcome == "none"
    save_intent(workspace_id=taught.acme.pk, name="dark_mode", examples=["turn on dark mode"])
    after = _ask(taught, "can I get dark mode")
    assert after.intent.name == "dark_mode"


def test_saving_again_replaces_examples_and_embeds_only_new_ones(taught):
    kept = IntentExample.objects.get(text="reset my login")
    save_intent(
        workspace_id=taught.acme.pk,
        name="reset_password",
        examples=["reset my login", "reset my login", "", "password does not work"],
    )
    texts = set(IntentExample.objects.filter(intent__name="reset_password").values_list("text"))
    assert texts == {("reset my login",), ("password does not work",)}
    assert IntentExample.objects.get(text="reset my login").pk == kept.pk


def test_add_examples_keeps_what_is_there(taught):
    intent = Intent.objects.get(name="invite_colleague")
    add_examples(intent_id=intent.pk, texts=["invite a colleague", "bring in my teammate"])
    assert intent.examples.count() == 3


def test_a_chosen_intent_is_certain(taught):
    intent = Intent.objects.get(name="reset_password")
    captured = capture_chosen(
        workspace_id=taught.acme.pk,
        contact_id=taught.vera.pk,
        session_id=None,
        intent_id=intent.pk,
        at=NOON,
    )
    assert (captured.outcome, captured.probability) == ("sure", 1.0)


def test_what_was_asked_outranks_what_is_implied(taught):
    asked = _ask(taught, "how do I export a report")
    implied = capture_implied(
        workspace_id=taught.acme.pk,
        contact_id=taught.vera.pk,
        session_id=None,
        text="invite colleague",
        evidence={"kind": "search"},
        at=NOON + timedelta(minutes=1),
    )
    assert implied.evidence == {"kind": "search"}
    assert latest_intent(contact_id=taught.vera.pk) == asked


def test_a_correction_holds(taught):
    captured = _ask(taught, "how do I export a report")
    right = Intent.objects.get(name="invite_colleague")
    correct_intent(captured_id=captured.pk, intent_id=right.pk, member_id=taught.alice.pk, at=NOON)
    captured.refresh_from_db()
    assert current_intent(captured) == right
    correct_intent(captured_id=captured.pk, intent_id=None, member_id=None, at=NOON)
    captured.refresh_from_db()
    assert current_intent(captured) is None


def test_examples_of_another_encoder_wait_until_embedded_again(taught):
    IntentExample.objects.filter(text="reset my login").update(encoder_id="older:1")
    assert "reset my login" not in {e.text for e in read_examples(taught.acme.pk)}
    assert reembed_examples(workspace_id=taught.acme.pk) == 1
    assert reembed_examples(workspace_id=taught.acme.pk) == 0
    assert "reset my login" in {e.text for e in read_examples(taught.acme.pk)}


@pytest.mark.parametrize("odd", ["", "🙂", "a\x00b\ud800", "x" * 100_000, "忘记密码"])
def test_odd_messages_are_stored(taught, odd):
    captured = _ask(taught, odd)
    captured.refresh_from_db()
    assert captured.outcome in ("sure", "unsure", "none")


def test_a_capture_costs_few_queries(taught, django_assert_max_num_queries):
    _ask(taught, "warm up")
    with django_assert_max_num_queries(4):
        _ask(taught, "how do I export a report")

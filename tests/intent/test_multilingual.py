"""A multilingual encoder by setting: its languages are classified, the others go to a person."""

import pytest

from tests.cast import NOON, Cast
from tests.tiny_encoder import make_tiny_encoder
from vcsm.core import embeddings
from vcsm.core.encoder import here
from vcsm.intent import tone
from vcsm.intent.classify import capture_asked
from vcsm.intent.models import CapturedIntent
from vcsm.intent.remembered import forget_models
from vcsm.intent.taxonomy import save_intent

pytestmark = pytest.mark.django_db

LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß" + "".join(map(chr, range(0x430, 0x450)))
CARD = ["where is my card", "wo ist meine karte", "где моя карта"]
MONEY = ["i want my money back", "ich will mein geld zurück", "верните мне деньги"]


@pytest.fixture
def multilingual(cast: Cast, settings, tmp_path):
    settings.VCSM_ENCODER = str(make_tiny_encoder(tmp_path / "many", seed=3, alphabet=LETTERS))
    settings.VCSM_LANGUAGES = ["en", "de", "ru"]
    _forget()
    save_intent(workspace_id=cast.acme.pk, name="card", examples=CARD)
    save_intent(workspace_id=cast.acme.pk, name="refund", examples=MONEY)
    yield cast
    _forget()


def _forget() -> None:
    """A change of the setting is a new process."""
    forget_models()
    for kept in (here._encoder_of, tone._tone_model, tone._person_model):
        kept.cache_clear()


def _ask(cast: Cast, text: str) -> CapturedIntent:
    return capture_asked(
        workspace_id=cast.acme.pk, contact_id=cast.vera.pk, session_id=None, text=text, at=NOON
    )


def test_it_works(multilingual):
    for name, texts in (("card", CARD), ("refund", MONEY)):
        for text in texts:
            asked = _ask(multilingual, text)
            assert asked.alternatives[0]["name"] == name
            assert "language" not in asked.evidence


def test_a_language_that_is_not_named_goes_to_a_person(multilingual):
    asked = _ask(multilingual, "où est ma carte, je ne la trouve pas")
    assert asked.outcome == CapturedIntent.Outcome.NONE
    assert asked.evidence["language"] == "fr"


def test_a_model_without_whole_words_leaves_spelling_alone(multilingual):
    assert embeddings.familiar_words() == frozenset()
    assert _ask(multilingual, "wo ist meine kahrte").text == "wo ist meine kahrte"

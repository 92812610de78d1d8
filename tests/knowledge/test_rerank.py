"""A cross-encoder chooses among passages; scores and threshold stay what they were."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cast import NOON, Cast
from tests.tiny_encoder import make_tiny_encoder
from vcsm.knowledge import rerank as reranking
from vcsm.knowledge.answer import answer
from vcsm.knowledge.articles import ArticleText, save_article
from vcsm.knowledge.passage import Passage
from vcsm.knowledge.rerank import is_configured, rerank

QUESTION = "how do I export a report"
PASSAGES = [
    Passage(number, number, f"Title {word}", "", "", f"About {word}.", 0.9 - number / 10)
    for number, word in enumerate(("export", "invoices", "colleagues", "passwords"))
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of a few kilobytes with weights drawn from a seed."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    folder = make_tiny_encoder(tmp_path_factory.mktemp("cross") / "tiny", seed=3)
    config = json.loads((folder / "config.json").read_text())
    torch.manual_seed(3)
    model = BertForSequenceClassification(BertConfig(**{**config, "num_labels": 1}))
    with torch.no_grad():
        model.classifier.weight.normal_(0, 3)
    for name in ("modules.json", "model.safetensors", "config.json"):
        (folder / name).unlink()
    shutil.rmtree(folder / "1_Pooling")
    model.save_pretrained(folder)
    return folder


def test_it_works(tiny: Path, settings: Any) -> None:
    settings.VCSM_RERANKER = str(tiny)
    ordered = rerank(QUESTION, PASSAGES)
    pairs = [(QUESTION, f"{one.title}. {one.text}") for one in PASSAGES]
    told = reranking._model(str(tiny)).predict(pairs).tolist()
    wanted = sorted(range(4), key=lambda place: -told[place])
    assert [one.article_id for one in ordered] == wanted
    assert wanted != [0, 1, 2, 3], "this model would change nothing"
    assert [one.score for one in ordered] == [one.score for one in PASSAGES]


@pytest.mark.django_db
def test_an_answer_is_chosen_by_it(tiny: Path, settings: Any, cast: Cast) -> None:
    for word in ("reports", "invoices", "colleagues"):
        text = ArticleText(f"Export {word}", f"Choose Export to export {word}.")
        save_article(workspace_id=cast.acme.pk, slug=word, text=text, at=NOON)
    before = answer(workspace_id=cast.acme.pk, text="how do I export")
    settings.VCSM_RERANKER = str(tiny)
    after = answer(workspace_id=cast.acme.pk, text="how do I export")
    assert after.score == pytest.approx(before.score)
    settings.VCSM_ENCODER_HERE = False
    assert not is_configured()


def test_a_model_that_is_missing_or_none_changes_nothing(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.VCSM_RERANKER = str(tmp_path / "gone")
    assert rerank(QUESTION, PASSAGES) == PASSAGES
    assert "is done without" in caplog.text
    assert rerank(QUESTION, PASSAGES[:1]) == PASSAGES[:1]

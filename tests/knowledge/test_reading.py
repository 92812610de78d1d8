"""A long article is read by a worker, step by step; the version before answers until all is."""

from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.core import embeddings
from vcsm.knowledge import reading
from vcsm.knowledge.articles import ArticleText, save_article
from vcsm.knowledge.models import Article, ArticleVersion, Chunk, ChunkVector, PassageAhead
from vcsm.knowledge.reading import AT_ONCE, STEP, Reading, read_some, readings
from vcsm.knowledge.search import search

pytestmark = pytest.mark.django_db
LENGTH = AT_ONCE + STEP
SHORT = ArticleText("Export a report", "Choose **Export**. PDF and Excel are offered.")
LONG = ArticleText(
    "Export a report", "\n".join(f"## Part {n}\nThe zebra of part {n}.\n" for n in range(LENGTH))
)
STOP_AT_ONCE, GO_ON = NOON, NOON + timedelta(hours=1)


def _save(cast: Cast, text: ArticleText) -> Article:
    return save_article(workspace_id=cast.acme.pk, slug="export", text=text, at=NOON, by=cast.alice)


def _texts(cast: Cast) -> list[str]:
    found = search(workspace_id=cast.acme.pk, text="the zebra of export a report")
    return [passage.text for passage in found]


def test_it_works(cast, django_capture_on_commit_callbacks):
    _save(cast, SHORT)
    assert readings(workspace_id=cast.acme.pk) == {}
    with django_capture_on_commit_callbacks() as asked:
        article = _save(cast, LONG)
    assert len(asked) == 1
    assert readings(workspace_id=cast.acme.pk)[article.pk] == Reading(article.pk, 2, 0, LENGTH)

    left = []
    while read_some(clock=lambda: NOON, until=STOP_AT_ONCE):
        left.append(readings(workspace_id=cast.acme.pk)[article.pk].done)
        assert _texts(cast) == ["Choose Export. PDF and Excel are offered."]
    assert left == [STEP, 2 * STEP, LENGTH]

    assert readings(workspace_id=cast.acme.pk) == {}
    assert "zebra" in _texts(cast)[0]
    assert ChunkVector.objects.filter(chunk__article=article).count() == LENGTH
    assert not PassageAhead.objects.exists()
    assert ArticleVersion.objects.get(number=2).read_at == NOON


def test_read_in_steps_or_at_once_it_is_the_same(cast, monkeypatch):
    def vectors() -> list[list[float]]:
        rows = ChunkVector.objects.order_by("chunk__position")
        return [list(row.vector) for row in rows]

    _save(cast, LONG)
    assert not read_some(clock=lambda: NOON, until=GO_ON)
    by_steps = vectors()
    Article.objects.all().delete()
    monkeypatch.setattr(reading, "AT_ONCE", LENGTH)
    _save(cast, LONG)
    assert len(by_steps) == LENGTH
    assert vectors() == by_steps


def test_a_worker_that_died_in_a_step_costs_that_step_alone(cast, monkeypatch):
    article = _save(cast, LONG)
    assert read_some(clock=lambda: NOON, until=STOP_AT_ONCE)
    read = embeddings.read_as

    def die(encoder: str, text: str) -> embeddings.Reading | None:
        if f"part {STEP + 3}." in text:
            raise KeyboardInterrupt
        return read(encoder, text)

    monkeypatch.setattr(embeddings, "read_as", die)
    with pytest.raises(KeyboardInterrupt):
        read_some(clock=lambda: NOON, until=GO_ON)
    assert readings(workspace_id=cast.acme.pk)[article.pk].done == STEP
    monkeypatch.undo()
    assert not read_some(clock=lambda: NOON, until=GO_ON)
    assert Chunk.objects.filter(article=article).count() == LENGTH


def test_what_is_saved_while_it_is_read_takes_its_place(cast):
    article = _save(cast, LONG)
    assert read_some(clock=lambda: NOON, until=STOP_AT_ONCE)
    _save(cast, SHORT)
    assert not PassageAhead.objects.exists()
    assert not read_some(clock=lambda: NOON, until=GO_ON)
    assert [chunk.text for chunk in article.chunks.all()] == [
        "Choose Export. PDF and Excel are offered."
    ]
    assert ArticleVersion.objects.get(number=1).read_at is None


def test_nobody_sees_how_far_another_workspace_is(cast):
    _save(cast, LONG)
    assert readings(workspace_id=cast.globex.pk) == {}

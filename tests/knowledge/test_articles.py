"""Articles with versions, what they answer, and search through the index of large workspaces."""

from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.assistant.gaps import find_gaps
from vcsm.core import embeddings
from vcsm.knowledge import near
from vcsm.knowledge.answer import answer
from vcsm.knowledge.answered import drop_old_answers, note_answer, read_uses
from vcsm.knowledge.articles import (
    ArticleRefused,
    ArticleText,
    ChangedMeanwhile,
    make_slug,
    save_article,
)
from vcsm.knowledge.models import AnswerLog, Article, ArticleVersion, Chunk
from vcsm.knowledge.search import fuse, search
from vcsm.knowledge.wording import find_by_words

pytestmark = pytest.mark.django_db
EXPORT = ArticleText("Export a report", "Choose **Export**. PDF and Excel are offered.")


def _save(
    cast: Cast, text: ArticleText, slug: str = "export", edited: int | None = None
) -> Article:
    return save_article(
        workspace_id=cast.acme.pk, slug=slug, text=text, at=NOON, by=cast.alice, edited=edited
    )


def test_it_works(cast):
    article = _save(cast, EXPORT)
    _save(cast, ArticleText("Export a report", "Choose *Download* instead."))
    versions = ArticleVersion.objects.filter(article=article).order_by("number")
    assert [(one.number, one.body[:6], one.by) for one in versions] == [
        (1, "Choose", cast.alice),
        (2, "Choose", cast.alice),
    ]
    assert [chunk.text for chunk in article.chunks.all()] == ["Choose Download instead."]


def test_saving_the_same_again_changes_nothing(cast):
    article = _save(cast, EXPORT)
    chunks = set(article.chunks.values_list("pk", flat=True))
    _save(cast, EXPORT)
    assert article.versions.count() == 1
    assert set(article.chunks.values_list("pk", flat=True)) == chunks


def test_taking_an_article_back_needs_no_version(cast):
    _save(cast, EXPORT)
    article = _save(cast, ArticleText(EXPORT.title, EXPORT.body, published=False))
    assert article.versions.count() == 1
    assert search(workspace_id=cast.acme.pk, text="export a report") == []


def test_two_writers_do_not_overwrite_each_other(cast):
    _save(cast, EXPORT, edited=0)
    _save(cast, ArticleText("Export a report", "Mine."), edited=1)
    with pytest.raises(ChangedMeanwhile, match="Version 2"):
        _save(cast, ArticleText("Export a report", "Yours."), edited=1)


@pytest.mark.parametrize(
    "text",
    [
        ArticleText("", "x"),
        ArticleText("\x00 ", "x"),
        ArticleText("t", "x" * 1_000_001),
        ArticleText("t", "# h\n\nx\n\n" * 2_001),  # embedding them took minutes
    ],
)
def test_what_cannot_be_an_article_is_refused_in_a_sentence(cast, text):
    with pytest.raises(ArticleRefused):
        _save(cast, text)


def test_slugs_are_made_and_stay_apart(cast):
    assert make_slug("Über Rechnungen!", workspace_id=cast.acme.pk) == "uber-rechnungen"
    _save(cast, EXPORT, slug="export-a-report")
    assert make_slug("Export a report", workspace_id=cast.acme.pk) == "export-a-report-2"
    assert make_slug("请", workspace_id=cast.acme.pk) == "article"


def test_what_answers_and_what_nothing_answers_is_kept(cast):
    _save(cast, EXPORT)
    _save(cast, ArticleText("Company history", "Founded by two sisters."), slug="history")
    Article.objects.update(changed_at=NOON - timedelta(days=200))
    asks = [
        "How do I export a report to Excel?",
        "I want to talk to a human please",
        *(f"pay by {x}" for x in ("paypal", "Paypal")),
    ]
    for text in asks:
        note_answer(
            workspace_id=cast.acme.pk,
            contact_id=cast.vera.pk,
            text=text,
            answer=answer(workspace_id=cast.acme.pk, text=text),
            at=NOON,
        )
    since = NOON - timedelta(days=30)
    history, export = read_uses(workspace_id=cast.acme.pk, since=since, now=NOON)
    assert (export.answered, export.stale, export.idle) == (1, True, False)
    assert (history.answered, history.idle) == (0, True)
    (gap,) = find_gaps(workspace_id=cast.acme.pk, since=since)
    assert gap.asked == 2
    assert [question.casefold() for question in gap.questions] == ["pay by paypal"]
    assert find_gaps(workspace_id=cast.globex.pk, since=since) == []
    cast.vera.delete()
    assert not AnswerLog.objects.exists()
    assert drop_old_answers(before=NOON) == 0


def _many(cast: Cast, count: int) -> None:
    for number in range(count):
        text = ArticleText(f"Number {number}", f"About thing {number} and colour {number % 7}.")
        _save(cast, text, slug=f"n{number}")


def test_the_index_finds_what_an_exact_scan_finds(cast, monkeypatch):
    _many(cast, 40)
    asked = {
        "workspace_id": cast.acme.pk,
        "encoder_id": embeddings.encoder_id(),
        "vector": embeddings.encode("thing 17"),
        "limit": 10,
    }
    exact = near.find_near(**asked)
    monkeypatch.setattr(near, "EXACT_UP_TO", 0)
    by_index = near.find_near(**asked)
    assert {one.chunk_id for one in by_index} == {one.chunk_id for one in exact}
    assert [one.cosine for one in by_index] == pytest.approx([one.cosine for one in exact])
    Article.objects.update(published=False)
    assert near.find_near(**asked) == []
    assert near.find_near(**{**asked, "workspace_id": cast.globex.pk}) == []


def test_an_index_for_another_width_is_made_once(db):
    near.ensure_index(48)
    near.ensure_index(48)
    near.ensure_index(5_000)


def test_words_are_looked_for_from_the_rarest_on(cast):
    _many(cast, 12)
    found = find_by_words(workspace_id=cast.acme.pk, text="thing EX-409 | ! 'q", limit=5)
    assert len(found) == 5
    assert find_by_words(workspace_id=cast.acme.pk, text="the of", limit=5) == []
    assert Chunk.objects.filter(pk__in=found, workspace=cast.acme).count() == 5


def test_fusion_prefers_what_both_lists_hold():
    assert fuse([[1, 2, 3], [3, 4]])[0] == 3
    assert fuse([[], []]) == []

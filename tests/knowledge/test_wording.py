"""Passages by their words, as a worker looks for them: in one workspace's scope."""

import pytest
from django.db import connection

from tests.cast import Cast
from vcsm.accounts.models import Workspace
from vcsm.accounts.scope import in_workspace
from vcsm.knowledge.models import Article, Chunk
from vcsm.knowledge.wording import ENOUGH_ROWS, find_by_words

pytestmark = pytest.mark.django_db


def shelve(workspace: Workspace, texts: list[str]) -> list[Chunk]:
    article = Article.objects.create(workspace=workspace, slug="cards", title="Cards", body="")
    return Chunk.objects.bulk_create(
        Chunk(article=article, workspace=workspace, position=position, text=text)
        for position, text in enumerate(texts)
    )


def test_the_rarest_word_is_found_behind_more_common_ones_than_are_weighed(cast: Cast) -> None:
    *_, last = shelve(cast.acme, ["a card"] * (ENOUGH_ROWS + 200) + ["a card for Zanzibar"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE knowledge_chunk")
    with in_workspace(cast.acme.pk):
        found = find_by_words(workspace_id=cast.acme.pk, text="a card in Zanzibar?", limit=5)
    assert found == [last.pk]


def test_who_is_in_a_workspace_finds_nothing_of_another(cast: Cast) -> None:
    (theirs,) = shelve(cast.acme, ["a secret of Acme"])
    with in_workspace(cast.globex.pk):
        assert find_by_words(workspace_id=cast.acme.pk, text="secret", limit=5) == []
    assert find_by_words(workspace_id=cast.acme.pk, text="secret", limit=5) == [theirs.pk]

"""What questions were answered with, and which articles answer nothing or have gone stale."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from vcsm.knowledge.models import AnswerLog, Article
from vcsm.knowledge.passage import Answer

STALE_AFTER = timedelta(days=180)
"""Time without a change after which an article that still answers is stale."""
LONGEST = 2_000


@dataclass(frozen=True)
class ArticleUse:
    """One article and what it did in a period."""

    id: int
    slug: str
    title: str
    url: str
    published: bool
    changed_at: datetime
    version: int
    passages: int
    answered: int
    """Questions it answered in the period."""
    nearly: int
    """Unanswered questions to which it was nearest: they show what to add to it."""
    last_at: datetime | None
    """When it last answered, ever."""
    idle: bool
    """Published, not changed since before the period, and answered nothing in it."""
    stale: bool


@dataclass(frozen=True)
class LatestAnswer:
    """The passage nearest to what a contact asked last."""

    question: str
    title: str
    heading: str
    text: str
    url: str
    known: bool
    at: datetime


def note_answer(
    *, workspace_id: int, contact_id: int | None, text: str, answer: Answer, at: datetime
) -> LatestAnswer | None:
    """Records what a question was answered with, in the caller's transaction.

    Returns what `latest_answer` reads from then on.
    """
    nearest = answer.near[0] if answer.near else answer.passage
    log = AnswerLog.objects.create(
        workspace_id=workspace_id,
        contact_id=contact_id,
        text=text[:LONGEST],
        chunk_id=nearest.chunk_id if nearest else None,
        article_id=nearest.article_id if nearest else None,
        known=answer.known,
        score=answer.score,
        at=at,
    )
    if nearest is None:
        return None
    return LatestAnswer(
        log.text, nearest.title, nearest.heading, nearest.text, nearest.url, log.known, at
    )


def latest_answer(contact_id: int) -> LatestAnswer | None:
    """Returns the passage nearest to the contact's last question.

    None where they asked nothing, or nothing was near, or the article was rewritten since.
    """
    log = (
        AnswerLog.objects.filter(contact_id=contact_id)
        .select_related("chunk__article")
        .defer("chunk__words", "chunk__article__body")
        .order_by("-at", "-pk")
        .first()
    )
    if log is None or log.chunk is None:
        return None
    chunk, article = log.chunk, log.chunk.article
    return LatestAnswer(
        log.text, article.title, chunk.heading, chunk.text, article.url, log.known, log.at
    )


def read_uses(*, workspace_id: int, since: datetime, now: datetime) -> list[ArticleUse]:
    """Returns every article of the workspace by title, with what it did since then."""
    late = Q(answers__at__gte=since)
    rows = Article.objects.filter(workspace_id=workspace_id).annotate(
        passages=Count("chunks", distinct=True),
        answered=Count("answers", filter=late & Q(answers__known=True), distinct=True),
        nearly=Count("answers", filter=late & Q(answers__known=False), distinct=True),
        last_at=Max("answers__at", filter=Q(answers__known=True)),
        version=Max("versions__number"),
    )
    return [
        ArticleUse(
            id=row.pk,
            slug=row.slug,
            title=row.title,
            url=row.url,
            published=row.published,
            changed_at=row.changed_at,
            version=row.version or 0,
            passages=row.passages,
            answered=row.answered,
            nearly=row.nearly,
            last_at=row.last_at,
            idle=row.published and not row.answered and row.changed_at < since,
            stale=row.published and row.answered > 0 and row.changed_at < now - STALE_AFTER,
        )
        for row in rows.defer("body").order_by("title", "pk")
    ]


def unanswered_questions(
    *, workspace_id: int, since: datetime, at_most: int
) -> list[tuple[str, datetime]]:
    """Returns (question, when) of what no article answered, newest first."""
    rows = AnswerLog.objects.filter(workspace_id=workspace_id, known=False, at__gte=since)
    return list(rows.order_by("-at", "-pk").values_list("text", "at")[:at_most])


def drop_old_answers(*, before: datetime) -> int:
    """Deletes old questions, which are kept as long as events are; returns how many."""
    dropped, _ = AnswerLog.objects.filter(at__lt=before).delete()
    return dropped

"""Finds articles, intents and messages that mean the same as what is typed, in any words.

A worker encodes the text, because web processes hold no encoder. Only a similarity of at least
`NEAR` counts; something or other is always nearest.
"""

from datetime import datetime, timedelta

from pgvector.django import CosineDistance

from vcsm.console.finding.by_words import intent_hit, message_hits
from vcsm.console.finding.hit import Hit, make_hit
from vcsm.conversations.models import Message
from vcsm.core import embeddings
from vcsm.intent.models import CapturedIntent, IntentExample
from vcsm.intent.taxonomy import serving_encoder
from vcsm.knowledge.search import search

NEAR = 0.45
"""The cosine similarity from which two sentences are taken to mean something alike."""
LATEST = 5_000
"""How many of the newest messages are compared."""
SAID_WITHIN = timedelta(days=90)


def find_near_articles(workspace_id: int, asked: str, limit: int) -> list[Hit]:
    """Returns the nearest articles, nearest first. Raises `core.ask.NobodyAnswered`."""
    return [
        make_hit(
            kind="article",
            id=one.article_id,
            title=one.title,
            text=one.text,
            note=one.heading,
            address=f"/console/articles/edit/{one.article_id}",
            words=(),
            by="meaning",
        )
        for one in search(workspace_id=workspace_id, text=asked, limit=limit)
        if one.score >= NEAR
    ]


def find_near_said(
    workspace_id: int, asked: str, limit: int, *, now: datetime
) -> tuple[list[Hit], list[Hit]]:
    """Returns the nearest intents, compared by their examples, and the nearest messages. Raises
    `core.ask.NobodyAnswered`."""
    encoder = serving_encoder(workspace_id)
    reading = embeddings.read_as(encoder, asked)
    if reading is None:
        return [], []
    distance = CosineDistance("vector", reading.feature.tolist())
    examples = (
        IntentExample.objects.filter(
            intent__workspace_id=workspace_id, intent__retired_at=None, encoder_id=encoder
        )
        .annotate(distance=distance)
        .filter(distance__lte=1 - NEAR)
        .select_related("intent")
        .defer("vector", "next_vector")
        .order_by("distance")[: 4 * limit]
    )
    intents: dict[int, Hit] = {}
    for row in examples:
        intents.setdefault(row.intent_id, intent_hit(row.intent, (), by="meaning", text=row.text))
    return list(intents.values())[:limit], _said(workspace_id, encoder, distance, limit, now)


def _said(
    workspace_id: int, encoder: str, distance: CosineDistance, limit: int, now: datetime
) -> list[Hit]:
    newest = CapturedIntent.objects.filter(
        workspace_id=workspace_id,
        source=CapturedIntent.Source.ASKED,
        at__gt=now - SAID_WITHIN,
        encoder_id=encoder,
    ).order_by("-at")[:LATEST]
    near = (
        CapturedIntent.objects.filter(pk__in=newest.values("pk"))
        .annotate(distance=distance)
        .filter(distance__lte=1 - NEAR)
        .order_by("distance")
        .values_list("contact", "text")[: 2 * limit]
    )
    rows: list[Message] = []
    for contact, text in near:
        found = (
            Message.objects.filter(
                workspace_id=workspace_id,
                conversation__contact=contact,
                author=Message.Author.CONTACT,
                text=text,
            )
            .select_related("conversation__contact__account", "member")
            .order_by("-pk")
            .first()
        )
        if found is not None and found.pk not in {row.pk for row in rows}:
            rows.append(found)
    return message_hits(rows[:limit], (), by="meaning")

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from pgvector.django import VectorField

from vcsm.accounts.models import Workspace


class Article(models.Model):
    """One help article of a workspace, in Markdown."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="articles")
    slug = models.SlugField(max_length=200)
    title = models.CharField(max_length=200)
    body = models.TextField()
    url = models.CharField(max_length=500, blank=True)
    published = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "slug"], name="article_once")]

    def __str__(self) -> str:
        return self.title


class Chunk(models.Model):
    """A passage of an article: what is searched, and what is shown as an answer."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="chunks")
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    """The article's, repeated so that a search reads one workspace by one index."""
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    vector = VectorField()
    encoder_id = models.CharField(max_length=120)
    words = models.GeneratedField(
        expression=SearchVector("heading", config="english", weight="A")
        + SearchVector("text", config="english", weight="B"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="chunk_position_once")
        ]
        indexes = [
            models.Index(fields=["workspace"]),
            GinIndex(fields=["words"], name="chunk_words"),
        ]

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from pgvector.django import HalfVectorField

from vcsm.accounts.models import Contact, Member, Workspace


class Library(models.Model):
    """What answers in a workspace: which encoder's vectors, and how often articles changed."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True)
    encoder_id = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=0)


class Article(models.Model):
    """One help article of a workspace, in Markdown."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="articles")
    slug = models.SlugField(max_length=200)
    title = models.CharField(max_length=200)
    body = models.TextField()
    url = models.CharField(max_length=500, blank=True)
    published = models.BooleanField(default=True)
    source = models.CharField(max_length=500, blank=True, default="")
    """What it was imported from; empty if it was written here."""
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "slug"], name="article_once"),
            models.UniqueConstraint(
                fields=["workspace", "source"],
                condition=~models.Q(source=""),
                name="article_source_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleVersion(models.Model):
    """One version of an article: numbered from 1, never changed; the newest is what is shown."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    """Empty if imported or seeded."""
    at = models.DateTimeField()
    passages = models.PositiveIntegerField(default=0, db_default=0)
    """Number of passages it is cut into."""
    read_at = models.DateTimeField(null=True, blank=True)
    """When all of them had been read and it began to answer. Empty while it is being read, or when
    a later version was saved before it was."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once")
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(read_at=None), name="article_version_unread"
            )
        ]


class PassageAhead(models.Model):
    """A passage's vector for a version that does not answer yet: what was read stays read."""

    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="ahead")
    position = models.PositiveIntegerField()
    encoder_id = models.CharField(max_length=120)
    vector = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position", "encoder_id"], name="passage_ahead_once"
            )
        ]


class ArticleImport(models.Model):
    """Web pages that a member asked us to read into articles, and how far that is."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    by = models.ForeignKey(Member, models.SET_NULL, null=True)
    addresses = models.TextField()
    """Addresses of pages and sitemaps, one a line."""
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    """When it last said how far it is; another worker takes over an import that is silent for
    long."""
    pages = models.JSONField(null=True, blank=True)
    """The pages' addresses, once sitemaps were read."""
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict)
    """Fields of `importing.Imported`."""
    problem = models.TextField(blank=True, default="")
    """Why nothing could be read at all, in one sentence."""

    class Meta:
        indexes = [models.Index(fields=["workspace", "-asked_at"], name="article_import_latest")]


class Chunk(models.Model):
    """A passage of an article: what is searched, and what is shown as an answer."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="chunks")
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    """The article's, repeated so that a search reads one workspace by one index."""
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
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
            # Without a list of pending entries, which every search would have to read through.
            GinIndex(fields=["words"], name="chunk_words", fastupdate=False),
        ]


class ChunkVector(models.Model):
    """A passage's vector by one encoder. During a change of model a passage has two."""

    chunk = models.ForeignKey(Chunk, models.CASCADE, related_name="vectors")
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    encoder_id = models.CharField(max_length=120)
    vector = HalfVectorField()
    """Half precision: half the pages to read, and no measurable difference in recall. It has no
    fixed width: `near.ensure_index` makes the HNSW index of each width in use."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chunk", "encoder_id"], name="chunk_vector_once")
        ]
        indexes = [models.Index(fields=["workspace", "encoder_id"], name="chunk_vector_mine")]


class AnswerLog(models.Model):
    """A question and what answered it: shows which articles help, and what none answers."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, null=True)
    """Who asked; the question is deleted with them."""
    text = models.TextField()
    chunk = models.ForeignKey(Chunk, models.SET_NULL, null=True, blank=True)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    """The article that answered, or for an unanswered question the nearest one."""
    known = models.BooleanField()
    score = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "known", "-at"], name="answer_log_known"),
            models.Index(fields=["article", "-at"], name="answer_log_article"),
            models.Index(fields=["contact", "-at"], name="answer_log_contact"),
        ]

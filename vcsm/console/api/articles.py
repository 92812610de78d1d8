"""Articles: what each answers, what none answers, writing them, and searching while typing."""

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.assistant.gaps import find_gaps
from vcsm.assistant.models import Reembedding
from vcsm.console.access import IsMember, member_of
from vcsm.console.api.actions import Conflict
from vcsm.console.api.article_reading import ReadingShape
from vcsm.knowledge.answer import threshold_for
from vcsm.knowledge.answered import read_uses
from vcsm.knowledge.articles import (
    LONGEST_BODY,
    ArticleRefused,
    ArticleText,
    ChangedMeanwhile,
    make_slug,
    save_article,
    slug_of_repeated,
)
from vcsm.knowledge.models import Article, ArticleVersion
from vcsm.knowledge.rank import sureness
from vcsm.knowledge.reading import readings
from vcsm.knowledge.search import search

PERIOD = timedelta(days=30)
FOUND = 8


class ArticleGiven(serializers.Serializer[Any]):
    """An article; `edited` is the version the writer started from, 409 if it is not the newest."""

    title = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=LONGEST_BODY, allow_blank=True, trim_whitespace=False)
    url = serializers.CharField(max_length=500, allow_blank=True, default="")
    published = serializers.BooleanField(default=True)
    edited = serializers.IntegerField(allow_null=True, default=None)


class UseShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    published = serializers.BooleanField()
    changed_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    passages = serializers.IntegerField()
    answered = serializers.IntegerField()
    nearly = serializers.IntegerField()
    last_at = serializers.DateTimeField(allow_null=True)
    idle = serializers.BooleanField()
    stale = serializers.BooleanField()


class GapShape(serializers.Serializer[Any]):
    title = serializers.CharField()
    phrases = serializers.ListField(child=serializers.CharField())
    questions = serializers.ListField(child=serializers.CharField())
    asked = serializers.IntegerField()
    last_at = serializers.DateTimeField()


class ReembeddingShape(serializers.ModelSerializer[Reembedding]):
    class Meta:
        model = Reembedding
        fields = ("encoder_id", "done", "total", "started_at", "updated_at", "finished_at")


class ArticlesShape(serializers.Serializer[Any]):
    articles = UseShape(many=True)
    gaps = GapShape(many=True)
    reembedding = ReembeddingShape(allow_null=True)
    reading = ReadingShape(many=True)
    since = serializers.DateTimeField()


class VersionShape(serializers.ModelSerializer[ArticleVersion]):
    by = serializers.CharField(source="by.name", default="")

    class Meta:
        model = ArticleVersion
        fields: tuple[str, ...] = ("number", "title", "by", "at", "passages", "read_at")


class WholeVersionShape(VersionShape):
    class Meta(VersionShape.Meta):
        fields = (*VersionShape.Meta.fields, "body")


class ArticleShape(serializers.ModelSerializer[Article]):
    versions = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = ("id", "slug", "title", "body", "url", "published", "changed_at", "versions")

    @extend_schema_field(VersionShape(many=True))
    def get_versions(self, article: Article) -> Any:
        newest = article.versions.select_related("by").defer("body").order_by("-number")[:50]
        return VersionShape(newest, many=True).data


class FoundShape(serializers.Serializer[Any]):
    article_id = serializers.IntegerField()
    title = serializers.CharField()
    heading = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    score = serializers.FloatField()


class SearchShape(serializers.Serializer[Any]):
    passages = FoundShape(many=True)
    answers = serializers.BooleanField()
    sureness = serializers.FloatField()
    threshold = serializers.FloatField()


class ArticlesView(APIView):
    """Lists every article with its use in the last 30 days, and questions that none answered; POST
    adds an article."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ArticlesShape)
    def get(self, request: Request) -> Response:
        workspace_id, now = member_of(request).workspace_id, timezone.now()
        since = now - PERIOD
        told = {
            "articles": read_uses(workspace_id=workspace_id, since=since, now=now),
            "gaps": find_gaps(workspace_id=workspace_id, since=since),
            "reembedding": Reembedding.objects.filter(finished_at=None).first(),
            "reading": list(readings(workspace_id=workspace_id).values()),
            "since": since,
        }
        return Response(ArticlesShape(told).data)

    @extend_schema(request=ArticleGiven, responses=ArticleShape)
    def post(self, request: Request) -> Response:
        member, given = member_of(request), _given(request)
        title, body = given["title"], given["body"]
        slug = slug_of_repeated(title, body, by=member, now=timezone.now()) or make_slug(
            title, workspace_id=member.workspace_id
        )
        return Response(_save(request, slug, given), status=201)


class ArticleView(APIView):
    """Shows one article with its latest 50 versions; POST saves the next version."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ArticleShape)
    def get(self, request: Request, article_id: int) -> Response:
        return Response(ArticleShape(_article_of(request, article_id)).data)

    @extend_schema(request=ArticleGiven, responses=ArticleShape)
    def post(self, request: Request, article_id: int) -> Response:
        article = _article_of(request, article_id)
        return Response(_save(request, article.slug, _given(request)))


class VersionView(APIView):
    """Shows one version with its text, which would make the list of versions too long."""

    permission_classes = (IsMember,)

    @extend_schema(responses=WholeVersionShape)
    def get(self, request: Request, article_id: int, number: int) -> Response:
        versions = _article_of(request, article_id).versions.select_related("by")
        return Response(WholeVersionShape(get_object_or_404(versions, number=number)).data)


class SearchView(APIView):
    """Searches the articles while a member types; nothing is recorded."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=[OpenApiParameter("q", str)], responses=SearchShape)
    def get(self, request: Request) -> Response:
        workspace_id = member_of(request).workspace_id
        passages = search(
            workspace_id=workspace_id, text=request.query_params.get("q", "")[:500], limit=FOUND
        )
        threshold = threshold_for(workspace_id)
        sure = sureness([one.score for one in passages[:2]]) if passages else 0.0
        told = {
            "passages": passages,
            "answers": bool(passages) and sure >= threshold,
            "sureness": sure,
            "threshold": threshold,
        }
        return Response(SearchShape(told).data)


def _article_of(request: Request, article_id: int) -> Article:
    return get_object_or_404(Article, pk=article_id, workspace_id=member_of(request).workspace_id)


def _given(request: Request) -> dict[str, Any]:
    given = ArticleGiven(data=request.data)
    given.is_valid(raise_exception=True)
    data: dict[str, Any] = given.validated_data
    return data


def _save(request: Request, slug: str, given: dict[str, Any]) -> Any:
    member = member_of(request)
    edited = given.pop("edited")
    try:
        article = save_article(
            workspace_id=member.workspace_id,
            slug=slug,
            text=ArticleText(**given),
            at=timezone.now(),
            by=member,
            edited=edited,
        )
    except ChangedMeanwhile as error:
        raise Conflict("changed_meanwhile", str(error)) from None
    except ArticleRefused as error:
        raise ValidationError({"detail": str(error)}) from None
    return ArticleShape(article).data

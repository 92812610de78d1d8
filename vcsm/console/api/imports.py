"""Articles from elsewhere: web pages, which a worker reads, and files that a member uploads."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.api.actions import Conflict
from vcsm.core.safe_http import NotRead
from vcsm.knowledge.articles import LONGEST_BODY, ArticleRefused
from vcsm.knowledge.asked_import import LONGEST, ImportRunning, ask_import, latest_import
from vcsm.knowledge.importing import Imported, import_file
from vcsm.knowledge.models import ArticleImport


class ImportGiven(serializers.Serializer[Any]):
    """Addresses of pages and sitemaps, one on each line."""

    addresses = serializers.CharField(max_length=LONGEST)


class ImportShape(serializers.ModelSerializer[ArticleImport]):
    by = serializers.CharField(source="by.name", default="")
    done = serializers.SerializerMethodField()

    class Meta:
        model = ArticleImport
        fields = ("id", "by", "asked_at", "finished_at", "problem", "outcome", "done")

    def get_done(self, row: ArticleImport) -> int:
        return Imported(**row.outcome).done


class ImportsShape(serializers.Serializer[Any]):
    latest = ImportShape(allow_null=True)


class FileGiven(serializers.Serializer[Any]):
    """A file; `name` is its path below the chosen folder, by which it is recognised next time."""

    name = serializers.CharField(max_length=1_000)
    text = serializers.CharField(max_length=LONGEST_BODY, allow_blank=True, trim_whitespace=False)


class FileShape(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(("added", "changed", "same", "kept"))


class ImportView(APIView):
    """Shows how far the latest import of web pages is; POST starts one, or answers 409 while
    another runs."""

    permission_classes = (IsMember,)

    @extend_schema(responses=ImportsShape)
    def get(self, request: Request) -> Response:
        latest = latest_import(member_of(request).workspace_id)
        return Response(ImportsShape({"latest": latest}).data)

    @extend_schema(request=ImportGiven, responses=ImportShape)
    def post(self, request: Request) -> Response:
        given = ImportGiven(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            made = ask_import(
                by=member_of(request),
                addresses=given.validated_data["addresses"],
                now=timezone.now(),
            )
        except ImportRunning as error:
            raise Conflict("import_running", str(error)) from None
        except NotRead as error:
            raise ValidationError({"detail": str(error)}) from None
        return Response(ImportShape(made).data, status=202)


class ImportFileView(APIView):
    """Makes an article from a Markdown or HTML file; the same file sent again updates it."""

    permission_classes = (IsMember,)

    @extend_schema(request=FileGiven, responses=FileShape)
    def post(self, request: Request) -> Response:
        given = FileGiven(data=request.data)
        given.is_valid(raise_exception=True)
        workspace_id = member_of(request).workspace_id
        try:
            outcome = import_file(
                **given.validated_data, workspace_id=workspace_id, at=timezone.now()
            )
        except (NotRead, ArticleRefused) as error:
            raise ValidationError({"detail": str(error)}) from None
        return Response(FileShape({"outcome": outcome}).data)

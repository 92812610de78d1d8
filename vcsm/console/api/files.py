"""Files that an escalation's contact has sent: the list, and one of them."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, escalation_of
from vcsm.conversations.broadcast import file_of
from vcsm.conversations.models import Attachment


class FilesView(APIView):
    """Lists the files; with `id`, sends that file, to be saved rather than shown, in a sandbox."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=[OpenApiParameter("id", type=UUID)], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, escalation_id: UUID) -> HttpResponseBase:
        escalation = escalation_of(request, escalation_id)
        files = Attachment.objects.filter(contact=escalation.contact).exclude(message=None)
        asked = request.query_params.get("id")
        if asked is None:
            return Response([file_of(file) for file in files.defer("data").order_by("uploaded_at")])
        try:
            found = files.filter(pk=UUID(asked)).first()
        except ValueError:
            found = None
        if found is None:
            raise Http404
        response = HttpResponse(bytes(found.data), content_type=found.kind)
        response["Content-Disposition"] = _saved_as(found.name)
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _saved_as(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"

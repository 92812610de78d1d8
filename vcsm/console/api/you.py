"""A member's own login. These addresses are outside any workspace's scope (`console.scope`): each
reads and changes only what belongs to the user who asks."""

from typing import Any

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.console.access import IsMember, member_of
from vcsm.console.known_browser import remember_browser
from vcsm.console.permits import do_as
from vcsm.console.you import TooMany, change_password, read_you, sign_out_elsewhere

LONGEST = 200


class SignedInShape(serializers.Serializer[Any]):
    browser = serializers.CharField(help_text="In words, such as `Firefox on Linux`.")
    began_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(help_text="When the console was last open there.")
    this = serializers.BooleanField(help_text="Whether it is the one that asks.")


class YouShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    signs_in_as = serializers.CharField()
    email = serializers.CharField(help_text="Empty: none is known.")
    role = serializers.CharField()
    second_factor = serializers.BooleanField()
    second_factor_asked = serializers.BooleanField(
        help_text="Whether the workspace asks everybody for one."
    )
    rules = serializers.ListField(
        child=serializers.CharField(), help_text="What a new password must be, in sentences."
    )
    browsers = SignedInShape(many=True)


class PasswordGiven(serializers.Serializer[Any]):
    current = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    new = serializers.CharField(max_length=LONGEST, trim_whitespace=False)


class YouView(APIView):
    """Shows the member who asks and where they are signed in."""

    permission_classes = (IsMember,)

    @extend_schema(responses=YouShape)
    def get(self, request: Request) -> Response:
        return _you(request)


class OwnPasswordView(APIView):
    """Changes the password of a member who gives the current one; signs out every other browser."""

    permission_classes = (IsMember,)

    @extend_schema(request=PasswordGiven, responses=YouShape)
    @method_decorator(sensitive_variables("given"))
    def post(self, request: Request) -> Response:
        given = PasswordGiven(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            user = do_as(
                request,
                lambda by: change_password(
                    request._request, by, now=timezone.now(), **given.validated_data
                ),
            )
        except TooMany as error:
            raise Throttled(wait=error.seconds, detail=str(error)) from error
        response = _you(request)
        remember_browser(response, user)
        return response


class SignOutElsewhereView(APIView):
    """Signs out every other browser of the member, including half-finished sign-ins."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=YouShape)
    def post(self, request: Request) -> Response:
        sign_out_elsewhere(request._request, member_of(request), now=timezone.now())
        return _you(request)


def _you(request: Request) -> Response:
    you = read_you(request._request, member_of(request), now=timezone.now())
    return Response(YouShape(you).data)

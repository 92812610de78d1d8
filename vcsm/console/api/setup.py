"""Shows and changes the workspace's set-up.

Every change goes through `vcsm.setup`, which checks the role and writes the audit; the answer holds
the whole set-up after it.
"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Member
from vcsm.console.access import IsMember, member_of
from vcsm.console.api import setup_shapes as shapes
from vcsm.console.permits import do_as
from vcsm.console.setup import read_setup
from vcsm.friction.tune import tune_friction
from vcsm.setup import help as helping
from vcsm.setup import identity, invitations, keys, members, password_links, teams
from vcsm.setup.currency import name_currency
from vcsm.setup.permits import LEADS, refuse_unless
from vcsm.success.first_steps import FirstStep
from vcsm.success.templates import DraftStep, PlanDraft


class SetupView(APIView):
    """Shows everything that can be set, and who may set it."""

    permission_classes = (IsMember,)

    @extend_schema(responses=shapes.OverviewShape)
    def get(self, request: Request) -> Response:
        return _overview(request)


class KeysView(APIView):
    """Makes a widget key for some origins; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.OriginsGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        given = _given(request, shapes.OriginsGiven)
        do_as(request, lambda by: keys.make_key(by=by, origins=given["origins"], now=_now()))
        return _overview(request)


class KeyView(APIView):
    """Changes the origins from which a key is accepted; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.OriginsGiven, responses=shapes.OverviewShape)
    def post(self, request: Request, key_id: int) -> Response:
        origins = _given(request, shapes.OriginsGiven)["origins"]
        do_as(
            request,
            lambda by: keys.change_origins(by=by, key_id=key_id, origins=origins, now=_now()),
        )
        return _overview(request)


class RevokeKeyView(APIView):
    """Revokes a key for good; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=shapes.OverviewShape)
    def post(self, request: Request, key_id: int) -> Response:
        do_as(request, lambda by: keys.revoke_key(by=by, key_id=key_id, now=_now()))
        return _overview(request)


class InvitedShape(serializers.Serializer[Any]):
    link = serializers.CharField(help_text="Shown only this once: only its hash is stored.")
    setup = shapes.OverviewShape()


class InviteView(APIView):
    """Makes an invitation; the answer holds the link to send. Admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.InviteGiven, responses=InvitedShape)
    def post(self, request: Request) -> Response:
        given = _given(request, shapes.InviteGiven)
        _, token = do_as(request, lambda by: invitations.invite(by=by, now=_now(), **given))
        link = request.build_absolute_uri(f"/console/join/{token}")
        setup = read_setup(member_of(request), now=_now())
        return Response(InvitedShape({"link": link, "setup": setup}).data)


class WithdrawView(APIView):
    """Withdraws an invitation; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=shapes.OverviewShape)
    def post(self, request: Request, invitation_id: int) -> Response:
        do_as(
            request,
            lambda by: invitations.withdraw_invitation(
                by=by, invitation_id=invitation_id, now=_now()
            ),
        )
        return _overview(request)


class RoleView(APIView):
    """Changes a member's role, but not that of the last admin. Admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.RoleGiven, responses=shapes.OverviewShape)
    def post(self, request: Request, member_id: int) -> Response:
        role = _given(request, shapes.RoleGiven)["role"]
        do_as(
            request,
            lambda by: members.change_role(by=by, member_id=member_id, role=role, now=_now()),
        )
        return _overview(request)


class RemoveMemberView(APIView):
    """Removes a member, but not the last admin; a successor may take over. Admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.RemoveGiven, responses=shapes.OverviewShape)
    def post(self, request: Request, member_id: int) -> Response:
        successor = _given(request, shapes.RemoveGiven)["successor"]
        do_as(
            request,
            lambda by: members.remove_member(
                by=by, member_id=member_id, successor_id=successor, now=_now()
            ),
        )
        return _overview(request)


class SecondFactorView(APIView):
    """Sets whether every member must have a second factor; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.SecondFactorGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        asked = _given(request, shapes.SecondFactorGiven)["asked"]
        do_as(request, lambda by: members.ask_second_factor(by=by, asked=asked, now=_now()))
        return _overview(request)


class TakeOffSecondFactorView(APIView):
    """Takes off the second factor of a member who has lost it; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=shapes.OverviewShape)
    def post(self, request: Request, member_id: int) -> Response:
        do_as(
            request,
            lambda by: members.free_from_second_factor(by=by, member_id=member_id, now=_now()),
        )
        return _overview(request)


class PasswordLinkView(APIView):
    """Sends a member an e-mail with a link for a new password; admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=shapes.OverviewShape)
    def post(self, request: Request, member_id: int) -> Response:
        do_as(
            request,
            lambda by: password_links.ask_password_link_for(by=by, member_id=member_id, now=_now()),
        )
        return _overview(request)


class NudgesView(APIView):
    """Sets the share of nudges withheld and the quiet time; leads and admins."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.NudgesGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        given = _given(request, shapes.NudgesGiven)
        do_as(request, lambda by: helping.set_nudges(by=by, now=_now(), **given))
        return _overview(request)


class HoursView(APIView):
    """Sets when contacts may expect a member: their own hours, or anybody's as a lead or admin."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.MemberHoursGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        given = _given(request, shapes.MemberHoursGiven)
        told = given["hours"]
        hours = None
        if told is not None:
            hours = helping.HoursGiven(**{**told, "weekdays": tuple(told["weekdays"])})
        do_as(
            request,
            lambda by: helping.set_hours(by=by, member_id=given["member"], hours=hours, now=_now()),
        )
        return _overview(request)


class FirstStepsView(APIView):
    """Replaces all first steps, in order; leads and admins."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.FirstStepsGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        given = _given(request, shapes.FirstStepsGiven)
        steps = [FirstStep(**step) for step in given["steps"]]
        do_as(request, lambda by: helping.set_first_steps(by=by, steps=steps, now=_now()))
        return _overview(request)


class TemplatesView(APIView):
    """Replaces all plan templates; leads and admins."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.TemplatesGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        given = _given(request, shapes.TemplatesGiven)
        drafts = [
            PlanDraft(
                name=one["name"],
                goal=one["goal"],
                steps=tuple(DraftStep(**step) for step in one["steps"]),
            )
            for one in given["templates"]
        ]
        do_as(request, lambda by: helping.set_templates(by=by, drafts=drafts, now=_now()))
        return _overview(request)


class IdentityKeyMadeShape(serializers.Serializer[Any]):
    kid = serializers.CharField()
    secret = serializers.CharField(help_text="Shown only this once: it is stored sealed.")
    setup = shapes.OverviewShape()


class IdentityKeysView(APIView):
    """Makes a secret with which the product's server proves contacts; two at most. Admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=IdentityKeyMadeShape)
    def post(self, request: Request) -> Response:
        key, secret = do_as(request, lambda by: identity.make_identity_key(by=by, now=_now()))
        setup = read_setup(member_of(request), now=_now())
        told = {"kid": key.kid, "secret": secret, "setup": setup}
        return Response(IdentityKeyMadeShape(told).data)


class RetireIdentityKeyView(APIView):
    """Retires a secret: what was signed with it proves nothing from then on. Admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=None, responses=shapes.OverviewShape)
    def post(self, request: Request, key_id: int) -> Response:
        do_as(request, lambda by: identity.retire_identity(by=by, key_id=key_id, now=_now()))
        return _overview(request)


class CurrencyView(APIView):
    """Sets the currency of the workspace's amounts, converting none. Admins only."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.CurrencyGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        wanted = _given(request, shapes.CurrencyGiven)["currency"]
        do_as(request, lambda by: name_currency(by=by, currency=wanted, now=_now()))
        return _overview(request)


class PagesView(APIView):
    """Sets which team owns a page, or with `remove` that none does; leads and admins."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.PageOwnerGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        given = _given(request, shapes.PageOwnerGiven)
        if given.pop("remove"):
            pattern = given["pattern"]
            do_as(request, lambda by: teams.remove_page_owner(by=by, pattern=pattern, now=_now()))
        else:
            do_as(request, lambda by: teams.set_page_owner(by=by, now=_now(), **given))
        return _overview(request)


class FlowsView(APIView):
    """Sets the flows through the product whose steps are watched; leads and admins."""

    permission_classes = (IsMember,)

    @extend_schema(request=shapes.FlowsGiven, responses=shapes.OverviewShape)
    def post(self, request: Request) -> Response:
        flows = _given(request, shapes.FlowsGiven)["flows"]

        def put_in_force(by: Member) -> Any:
            refuse_unless(by, LEADS, "changes flows")
            return tune_friction(
                workspace_id=by.workspace_id,
                changes={"flows": flows or None},
                by=by,
                now=_now(),
            )

        do_as(request, put_in_force)
        return _overview(request)


def _given(request: Request, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    data: dict[str, Any] = given.validated_data
    return data


def _now() -> Any:
    return timezone.now()


def _overview(request: Request) -> Response:
    return Response(shapes.OverviewShape(read_setup(member_of(request), now=_now())).data)

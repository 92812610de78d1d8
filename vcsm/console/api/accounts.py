"""Accounts: the list with its filters, one account's page, and changes to its record."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import Truncator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vcsm.accounts.models import Account, Member
from vcsm.audit.look import note_look
from vcsm.console.access import IsMember, member_of
from vcsm.console.accounts.listing import ORDERS, TRENDS, WORDS, Asked, list_accounts
from vcsm.console.accounts.page import AccountPage, read_account
from vcsm.console.api.account_shapes import AccountListShape, AccountPageShape
from vcsm.console.permits import do_as
from vcsm.conversations.models import Message
from vcsm.escalation.models import Escalation
from vcsm.setup.account_record import RecordChange, change_record
from vcsm.setup.help import agree_plan_from


class ListAsked(serializers.Serializer[Any]):
    find = serializers.CharField(max_length=200, default="", allow_blank=True)
    owner = serializers.IntegerField(
        required=False, min_value=0, max_value=2**31, help_text="0: those without an owner"
    )
    plan = serializers.CharField(max_length=60, default="", allow_blank=True)
    health = serializers.ChoiceField(choices=WORDS, default="", allow_blank=True)
    trend = serializers.ChoiceField(choices=TRENDS, default="", allow_blank=True)
    renews_within = serializers.IntegerField(required=False, min_value=0, max_value=3_650)
    open = serializers.BooleanField(default=False)
    order = serializers.ChoiceField(choices=ORDERS, default="health")
    descending = serializers.BooleanField(default=False)


class AccountsView(APIView):
    """Lists at most 200 accounts; `found` counts all that fit. Unknown values sort last."""

    permission_classes = (IsMember,)

    @extend_schema(parameters=[ListAsked], responses=AccountListShape)
    def get(self, request: Request) -> Response:
        given = ListAsked(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        workspace_id = member_of(request).workspace_id
        found = list_accounts(
            workspace_id=workspace_id, asked=Asked(**given.validated_data), now=timezone.now()
        )
        mine = Account.objects.filter(workspace_id=workspace_id)
        shown = {
            "lines": found.lines,
            "found": found.found,
            "total": found.total,
            "owners": Member.objects.filter(workspace_id=workspace_id, left_at=None).order_by(
                "name", "pk"
            ),
            "plans": mine.exclude(plan="")
            .order_by("plan")
            .values_list("plan", flat=True)
            .distinct(),
        }
        return Response(AccountListShape(shown).data)


class RecordGiven(serializers.Serializer[Any]):
    """Changes the fields that are given; null clears the owner, the revenue or the date."""

    name = serializers.CharField(max_length=200, required=False)
    plan = serializers.CharField(max_length=60, required=False, allow_blank=True)
    owner = serializers.IntegerField(required=False, allow_null=True)
    annual_revenue = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    renews_on = serializers.DateField(required=False, allow_null=True)


class AccountView(APIView):
    """Shows one account's page; POST changes its record, and the audit notes who did."""

    permission_classes = (IsMember,)

    @extend_schema(responses=AccountPageShape)
    def get(self, request: Request, account_id: int) -> Response:
        account, now = _account_of(request, account_id), timezone.now()
        note_look(
            member=member_of(request), subject=f"account:{account.pk}", part="account", now=now
        )
        return _page(account)

    @extend_schema(request=RecordGiven, responses=AccountPageShape)
    def post(self, request: Request, account_id: int) -> Response:
        account = _account_of(request, account_id)
        given = RecordGiven(data=request.data)
        given.is_valid(raise_exception=True)
        change = RecordChange(**given.validated_data)
        do_as(
            request,
            lambda by: change_record(
                account_id=account.pk, changes=change, by=by, now=timezone.now()
            ),
        )
        return _page(_account_of(request, account_id))


class PlanGiven(serializers.Serializer[Any]):
    template = serializers.IntegerField()


class AccountPlanView(APIView):
    """Makes the account's plan from one of the workspace's templates, replacing any present one."""

    permission_classes = (IsMember,)

    @extend_schema(request=PlanGiven, responses=AccountPageShape)
    def post(self, request: Request, account_id: int) -> Response:
        account = _account_of(request, account_id)
        given = PlanGiven(data=request.data)
        given.is_valid(raise_exception=True)
        template = given.validated_data["template"]
        do_as(
            request,
            lambda by: agree_plan_from(
                by=by, account_id=account.pk, template_id=template, now=timezone.now()
            ),
        )
        return _page(account)


def _account_of(request: Request, account_id: int) -> Account:
    return get_object_or_404(
        Account.objects.select_related("owner"),
        pk=account_id,
        workspace_id=member_of(request).workspace_id,
    )


def _page(account: Account) -> Response:
    page = read_account(account, now=timezone.now())
    context = {"latest": _latest_words(page), "escalations": _calls_of(page)}
    return Response(AccountPageShape(page, context=context).data)


def _latest_words(page: AccountPage) -> dict[Any, str]:
    """Returns the contact's last words in each conversation, cut to 200 characters; the assistant's
    own sentences would look alike everywhere."""
    talks = [talk.pk for talk in page.conversations]
    theirs = Message.objects.filter(conversation__in=talks, author=Message.Author.CONTACT)
    said = theirs.exclude(text="")
    newest = said.order_by("conversation", "-seq").distinct("conversation")
    return {row.conversation_id: Truncator(row.text).chars(200) for row in newest}


def _calls_of(page: AccountPage) -> dict[Any, Any]:
    """Returns each conversation's newest escalation, on whose page a member reads it."""
    talks = [talk.pk for talk in page.conversations]
    rows = Escalation.objects.filter(conversation__in=talks).order_by("opened_at")
    return dict(rows.values_list("conversation", "pk"))

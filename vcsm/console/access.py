"""Finds the member who asks, and so their workspace; nobody else gets past this."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.shortcuts import get_object_or_404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from vcsm.accounts.models import Member
from vcsm.accounts.second_factor import has_second_factor
from vcsm.escalation.models import Escalation


class IsMember(BasePermission):
    """Lets in who is signed in, active and a member, with a second factor where one is required."""

    message: Mapping[str, str]

    def has_permission(self, request: Request, view: Any) -> bool:
        scoped: Member | None = getattr(request._request, "vcsm_member", None)
        # `console.scope` has looked already; look again only if another user was authenticated
        # since.
        known = scoped is not None and scoped.user_id == request.user.pk
        member = scoped if known else find_member(request.user)
        request.vcsm_member = member  # type: ignore[attr-defined]
        if member is None:
            self.message = BARRED if lacks_second_factor(request.user) else NO_MEMBER
        return member is not None


NO_MEMBER = {"code": "no_member", "detail": "You are not a member of a workspace any more."}
BARRED = {
    "code": "second_factor_needed",
    "detail": "Your workspace asks for a second factor: set yours up first.",
}


def find_member(user: User | AnonymousUser) -> Member | None:
    """Returns the user's member with its workspace; None for a user who is none, or lacks a second
    factor that the workspace requires."""
    member = _membership_of(user)
    return None if member is None or _is_barred(member) else member


def asks_second_factor(user: User | AnonymousUser) -> bool:
    """Tells whether the user's workspace requires a second factor of its members."""
    member = _membership_of(user)
    return member is not None and member.workspace.second_factor_required


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Tells whether the user is a member who lacks a second factor that the workspace requires."""
    member = _membership_of(user)
    return member is not None and _is_barred(member)


def _membership_of(user: User | AnonymousUser) -> Member | None:
    if not user.is_authenticated or not user.is_active:
        return None
    members = Member.objects.select_related("workspace").filter(left_at=None)
    member = members.filter(user_id=user.pk).first()
    if member is not None:
        member.user = user  # known already, and the workspace's scope may not read all of it
    return member


def _is_barred(member: Member) -> bool:
    return member.workspace.second_factor_required and not has_second_factor(member.user_id)


def member_of(request: Request) -> Member:
    """Returns the member who asks, whom `IsMember` has let in."""
    member: Member = request.vcsm_member  # type: ignore[attr-defined]
    return member


ON_THE_DESK = (
    "account__owner", "contact", "conversation", "session", "intent__intent", "owner",
)  # fmt: skip
"""The related rows that an escalation's screen shows."""


def escalation_of(
    request: Request, escalation_id: UUID, *, related: Sequence[str] = ON_THE_DESK
) -> Escalation:
    """Returns an escalation of the member's workspace; raises Http404 for any other.

    `related` is read with it; pass fewer where speed matters, because planning the joins of
    `ON_THE_DESK` takes longer than posting a message.
    """
    return get_object_or_404(
        Escalation.objects.select_related(*related) if related else Escalation,
        pk=escalation_id,
        workspace_id=member_of(request).workspace_id,
    )

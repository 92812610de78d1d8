"""Which members may change what the assistant may do; stopping it, any member may."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request

from vcsm.accounts.models import Member
from vcsm.console.access import member_of
from vcsm.setup.permits import NotPermitted

LEADS = (Member.Role.LEAD, Member.Role.ADMIN)


def may_lead(member: Member) -> bool:
    return member.role in LEADS


def refuse_unless_lead(member: Member) -> None:
    """Raises PermissionDenied (403) unless the member is a lead or an admin."""
    if not may_lead(member):
        raise PermissionDenied("Only a lead or an admin of the workspace may change this.")


def refuse_unless_admin(member: Member) -> None:
    """Raises PermissionDenied (403) unless the member is an admin."""
    if member.role != Member.Role.ADMIN:
        raise PermissionDenied("Only an admin of the workspace sees and does this.")


Answer = TypeVar("Answer")


def do_as(request: Request, act: Callable[[Member], Answer]) -> Answer:
    """Returns what `act` returns for the member who asks, with its refusals as the API's errors.

    They are 403 where the role is not enough, 400 for what makes no sense, and 404 for what does
    not exist in the workspace.
    """
    try:
        return act(member_of(request))
    except NotPermitted as error:
        raise PermissionDenied({"code": "role", "detail": str(error)}) from error
    except ValueError as error:
        raise ValidationError({"detail": str(error)}) from error
    except ObjectDoesNotExist as error:
        raise Http404 from error

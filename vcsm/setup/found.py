"""How a workspace comes to be: with nothing in it but a place for its first admin."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from vcsm.accounts.models import Workspace
from vcsm.core.money import NotACurrency, read_currency
from vcsm.setup.invitations import hold_place
from vcsm.setup.permits import Refused


@transaction.atomic
def found_workspace(
    *, name: str, slug: str, currency: str, email: str, now: datetime
) -> tuple[Workspace, str]:
    """The workspace, and the secret of the link by which its first admin comes in.

    Raises Refused where the short name is taken or there is none, or the currency is none.
    """
    slug = slug or slugify(name)[:50]
    if not slug:
        raise Refused(f"{name!r} gives no short name: say one, such as acme.")
    if Workspace.objects.filter(slug=slug).exists():
        raise Refused(f"There is a workspace {slug!r} already.")
    try:
        currency = read_currency(currency)
    except NotACurrency as error:
        raise Refused(str(error)) from error
    workspace = Workspace.objects.create(
        slug=slug, name=" ".join(name.split())[:120], currency=currency
    )
    _, token = hold_place(
        workspace_id=workspace.pk, email=email, name="", role="admin", by=None, now=now
    )
    return workspace, token

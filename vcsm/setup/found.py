"""Creates a workspace that holds nothing but an invitation for its first admin."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from vcsm.accounts.models import Workspace
from vcsm.core.money import NotACurrency, read_currency
from vcsm.setup.invitations import hold_place
from vcsm.setup.permits import Refused

SHORT_NAME = re.compile(r"[A-Za-z0-9_-]{1,50}")
"""A slug as Django defines it; it is used in commands and file names."""


@transaction.atomic
def found_workspace(
    *, name: str, slug: str, currency: str, email: str, now: datetime
) -> tuple[Workspace, str]:
    """Creates the workspace; returns it and the secret of its first admin's invitation link.

    Without a `slug`, one is made from the name. Raises Refused when the slug is taken or invalid,
    none can be made from the name, the currency is unknown, or the e-mail signs in here already.
    """
    slug = slug or slugify(name)[:50]
    if not slug:
        raise Refused(f"{name!r} gives no short name: say one, such as acme.")
    if not SHORT_NAME.fullmatch(slug):
        raise Refused(
            f"{slug!r} is not a short name: letters, digits, - and _, at most 50 of them."
        )
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

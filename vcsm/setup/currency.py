"""The currency of the workspace's amounts."""

from datetime import datetime

from django.db import transaction

from vcsm.accounts.models import Member, Workspace
from vcsm.audit.append import append_entry
from vcsm.core.money import NotACurrency, read_currency
from vcsm.setup.broadcast import workspace_changed
from vcsm.setup.permits import ADMINS, Refused, refuse_unless


@transaction.atomic
def name_currency(*, by: Member, currency: str, now: datetime) -> None:
    """Sets the currency; amounts keep their numbers unconverted. Raises NotPermitted, Refused."""
    refuse_unless(by, ADMINS, "says what its amounts are in")
    try:
        wanted = read_currency(currency)
    except NotACurrency as error:
        raise Refused(str(error)) from error
    workspace = Workspace.objects.select_for_update().get(pk=by.workspace_id)
    was = workspace.currency
    if wanted == was:
        return
    workspace.currency = wanted
    workspace.save(update_fields=["currency"])
    append_entry(
        workspace_id=workspace.pk,
        kind="settings",
        actor=by,
        subject="settings:currency",
        body={"currency": wanted, "was": was},
        at=now,
    )
    workspace_changed(workspace.pk)

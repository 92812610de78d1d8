"""Makes and retires the secrets with which the product's server proves who a contact is."""

from datetime import datetime

from django.db import transaction

from vcsm.accounts.identity_keys import TooManyKeys, add_identity_key, retire_identity_key
from vcsm.accounts.models import IdentityKey, Member
from vcsm.audit.append import append_entry
from vcsm.setup.permits import ADMINS, Refused, refuse_unless


@transaction.atomic
def make_identity_key(*, by: Member, now: datetime) -> tuple[IdentityKey, str]:
    """Makes a key; returns it and its secret, which cannot be read again.

    Raises NotPermitted, and Refused when there are too many keys.
    """
    refuse_unless(by, ADMINS, "makes identity secrets")
    try:
        key, secret = add_identity_key(workspace_id=by.workspace_id, now=now)
    except TooManyKeys as error:
        raise Refused(str(error)) from error
    _note(by, key, now, done="made")
    return key, secret


@transaction.atomic
def retire_identity(*, by: Member, key_id: int, now: datetime) -> None:
    """Retires a live key of the workspace. Raises NotPermitted, IdentityKey.DoesNotExist."""
    refuse_unless(by, ADMINS, "retires identity secrets")
    key = IdentityKey.objects.select_for_update().get(
        pk=key_id, workspace_id=by.workspace_id, retired_at=None
    )
    retire_identity_key(key, now=now)
    _note(by, key, now, done="retired")


def _note(by: Member, key: IdentityKey, now: datetime, *, done: str) -> None:
    append_entry(
        workspace_id=by.workspace_id,
        kind="key",
        actor=by,
        subject=f"identity_key:{key.kid}",
        body={"done": done},
        at=now,
    )

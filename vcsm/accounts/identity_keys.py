"""A workspace's identity keys: made, shown once, retired.

Who may, and the entry in the audit, is the caller's.
"""

import secrets
from datetime import datetime

from django.db import transaction

from vcsm.accounts.models import IdentityKey, Workspace
from vcsm.core.sealed import reseal, seal, unseal

MOST_LIVE = 2


class TooManyKeys(Exception):
    """Two are live already: retire one first."""


@transaction.atomic
def add_identity_key(*, workspace_id: int, now: datetime) -> tuple[IdentityKey, str]:
    """A new live key and its secret, which is never shown again. Raises TooManyKeys.

    From the first key on, a contact is who they say only with a token (`vcsm.accounts.proof`).
    """
    # Two members at once must not make three.
    Workspace.objects.select_for_update().get(pk=workspace_id)
    if len(live_identity_keys(workspace_id)) >= MOST_LIVE:
        raise TooManyKeys("Two identity keys are in use: retire one first.")
    secret = secrets.token_urlsafe(32)
    key = IdentityKey.objects.create(
        workspace_id=workspace_id, kid=f"k_{secrets.token_hex(6)}", sealed=seal(secret), made_at=now
    )
    return key, secret


def retire_identity_key(key: IdentityKey, *, now: datetime) -> None:
    """Its tokens prove nothing from now on, and what they have proven has to be proven again
    (`proof_holds`), on open pages too: whoever keeps their sockets sees to that. Without any live
    key, identity is unproven again."""
    IdentityKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=now)
    key.refresh_from_db()


def live_identity_keys(workspace_id: int) -> list[IdentityKey]:
    """Oldest first; at most two."""
    return list(
        IdentityKey.objects.filter(workspace_id=workspace_id, retired_at=None).order_by("made_at")
    )


def proof_holds(proven_at: datetime | None, *, workspace_id: int) -> bool:
    """Whether a browser still is whose a token once said it is: none of the workspace's keys was
    retired since. A key is retired when its secret may be known, and a stranger's browser that it
    has let in must not stay in."""
    if proven_at is None:
        return False
    retired = IdentityKey.objects.filter(workspace_id=workspace_id, retired_at__gte=proven_at)
    return not retired.exists()


def secret_of(key: IdentityKey) -> str:
    """For checking a token. Raises `vcsm.core.sealed.CannotUnseal`."""
    return unseal(key.sealed)


def reseal_identity_keys() -> int:
    """Seals every secret anew under the first of `VCSM_ENCRYPTION_KEYS`; returns how many."""
    keys = list(IdentityKey.objects.all())
    for key in keys:
        IdentityKey.objects.filter(pk=key.pk).update(sealed=reseal(key.sealed))
    return len(keys)

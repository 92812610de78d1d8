"""Makes a workspace's identity keys, whose secrets are shown once, and retires them.

The caller checks who may do so and writes the audit entry.
"""

import secrets
from datetime import datetime

from django.db import transaction

from vcsm.accounts.models import IdentityKey, Workspace
from vcsm.core.sealed import reseal, seal, unseal

MOST_LIVE = 2


class TooManyKeys(Exception):
    """Two identity keys are live already: one must be retired first."""


@transaction.atomic
def add_identity_key(*, workspace_id: int, now: datetime) -> tuple[IdentityKey, str]:
    """Creates a live key; returns it and its secret, which is never shown again.

    From the first key on, contacts must prove who they are by a token (`vcsm.accounts.proof`).
    Raises TooManyKeys.
    """
    # Two members at once must not make a third key.
    Workspace.objects.select_for_update().get(pk=workspace_id)
    if len(live_identity_keys(workspace_id)) >= MOST_LIVE:
        raise TooManyKeys("Two identity keys are in use: retire one first.")
    secret = secrets.token_urlsafe(32)
    key = IdentityKey.objects.create(
        workspace_id=workspace_id, kid=f"k_{secrets.token_hex(6)}", sealed=seal(secret), made_at=now
    )
    return key, secret


def retire_identity_key(key: IdentityKey, *, now: datetime) -> None:
    """Retires a key: its tokens prove nothing from now on.

    What was proven before must be proven again (`proof_holds`), on open pages too; the code that
    keeps their sockets sees to that. Without any live key, identity is unproven again.
    """
    IdentityKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=now)
    key.refresh_from_db()


def live_identity_keys(workspace_id: int) -> list[IdentityKey]:
    """Returns the workspace's live keys, oldest first; at most two."""
    return list(
        IdentityKey.objects.filter(workspace_id=workspace_id, retired_at=None).order_by("made_at")
    )


def proof_holds(proven_at: datetime | None, *, workspace_id: int) -> bool:
    """Tells whether a browser's proof of its contact still holds: no key was retired since.

    A key is retired if its secret may be known, so a stranger's browser that it let in must not
    stay in.
    """
    if proven_at is None:
        return False
    retired = IdentityKey.objects.filter(workspace_id=workspace_id, retired_at__gte=proven_at)
    return not retired.exists()


def secret_of(key: IdentityKey) -> str:
    """Returns the secret that checks a token. Raises `vcsm.core.sealed.CannotUnseal`."""
    return unseal(key.sealed)


def reseal_identity_keys() -> int:
    """Seals every secret anew under the first of `VCSM_ENCRYPTION_KEYS`; returns how many."""
    keys = list(IdentityKey.objects.all())
    for key in keys:
        IdentityKey.objects.filter(pk=key.pk).update(sealed=reseal(key.sealed))
    return len(keys)

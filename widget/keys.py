"""Finds the workspace of a socket: by the key in its address, from an origin the key allows."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.db.models import Count, Q
from django.utils import timezone

from vcsm.accounts.models import WidgetKey
from vcsm.setup.refusals import note_refusal


class Opened(NamedTuple):
    """The conditions on which a door was opened; it is shut once one of them no longer holds."""

    key_id: int
    origin: str
    retired: int
    """How many identity keys the workspace had retired: retiring one voids what it has proven."""


_RETIRED = Count(
    "workspace__identity_keys", filter=Q(workspace__identity_keys__retired_at__isnull=False)
)


@dataclass(frozen=True, slots=True)
class Door:
    """What a valid key opens."""

    workspace_id: int
    company: str
    friction_settings: dict[str, object]
    origin: str = ""
    """Origin of the page that knocked."""
    key_id: int = 0
    retired: int = 0
    """How many identity keys the workspace had retired by then."""

    @property
    def opened(self) -> Opened:
        return Opened(self.key_id, self.origin, self.retired)


def open_door(*, key: str, origin: str) -> Door | None:
    """Returns the door, or None if the key is unknown, revoked or not for pages of this origin."""
    found = (
        WidgetKey.objects.select_related("workspace")
        .annotate(retired=_RETIRED)
        .filter(key=key[:64].replace("\x00", ""), revoked_at=None)
        .first()
    )
    if found is None:
        return None
    if not any(origin_matches(origin, allowed) for allowed in found.origins):
        note_refusal(key_id=found.pk, origin=origin, at=timezone.now())
        return None
    return Door(
        workspace_id=found.workspace_id,
        company=found.workspace.name,
        friction_settings=found.workspace.friction_settings,
        origin=origin,
        key_id=found.pk,
        retired=found.retired,
    )


def shut_doors(opened: Collection[Opened]) -> list[Opened]:
    """Returns the doors that would no longer open like this: the key is revoked, the origin is off
    its list, or an identity key was retired, so that all must prove anew who they are."""
    rows = WidgetKey.objects.filter(pk__in={door.key_id for door in opened}, revoked_at=None)
    kept = {row.pk: row for row in rows.annotate(retired=_RETIRED).only("origins")}
    return [door for door in opened if not _still_opens(door, kept.get(door.key_id))]


def _still_opens(door: Opened, key: Any) -> bool:
    """Tells whether the door still opens; `key` is its row with `retired`, None if revoked."""
    return (
        key is not None
        and key.retired == door.retired
        and any(origin_matches(door.origin, one) for one in key.origins)
    )


def origin_matches(origin: str, allowed: str) -> bool:
    """Compares exactly, but `allowed` may end in `:*` for any port. `null` never matches."""
    try:
        parts = urlsplit(origin)
        # A browser's origin is scheme, host and port; anything more was made by hand.
        plain = f"{parts.scheme}://{parts.netloc}" == origin and "@" not in parts.netloc
        port = parts.port
    except ValueError:
        return False
    if not plain or not parts.hostname:
        return False
    if allowed.endswith(":*"):
        bare = origin.removesuffix(f":{port}") if port is not None else origin
        return bare == allowed[:-2]
    return origin == allowed

"""Which workspace a socket belongs to: the key in its address, from an origin the key allows."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone

from vcsm.accounts.models import WidgetKey
from vcsm.setup.refusals import note_refusal


@dataclass(frozen=True, slots=True)
class Door:
    """What a valid key opens."""

    workspace_id: int
    company: str
    friction_settings: dict[str, object]
    origin: str = ""
    """Of the page that knocked."""
    key_id: int = 0


def open_door(*, key: str, origin: str) -> Door | None:
    """None: no such key, revoked, or asked from an origin that is not on its list."""
    found = (
        WidgetKey.objects.select_related("workspace")
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
    )


def revoked_keys(key_ids: list[int]) -> list[int]:
    """Those of them that are no longer in use, over all workspaces."""
    kept = set(
        WidgetKey.objects.filter(pk__in=key_ids, revoked_at=None).values_list("pk", flat=True)
    )
    return [key_id for key_id in key_ids if key_id not in kept]


def origin_matches(origin: str, allowed: str) -> bool:
    """Exact, but that `allowed` may end in `:*` for any port. `null` never matches."""
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

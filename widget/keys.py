"""Which workspace a socket belongs to: the key in its address, from an origin the key allows."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone

from vcsm.accounts.models import WidgetKey
from vcsm.setup.refusals import note_refusal

Opened = tuple[int, str]
"""A key's row and the origin that it opened for."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a valid key opens."""

    workspace_id: int
    company: str
    friction_settings: dict[str, object]
    origin: str = ""
    """Of the page that knocked."""
    key_id: int = 0

    @property
    def opened(self) -> Opened:
        return self.key_id, self.origin


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


def shut_doors(opened: Collection[Opened]) -> list[Opened]:
    """Those that would not open now: the key is out of use, or the origin is off its list."""
    asked = {key_id for key_id, _ in opened}
    allowed = dict(
        WidgetKey.objects.filter(pk__in=asked, revoked_at=None).values_list("pk", "origins")
    )
    return [
        (key_id, origin)
        for key_id, origin in opened
        if not any(origin_matches(origin, one) for one in allowed.get(key_id, ()))
    ]


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

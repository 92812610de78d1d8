"""Widget keys and the origins from which they are accepted."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from vcsm.accounts.models import Member, WidgetKey, new_public_key
from vcsm.audit.append import append_entry
from vcsm.setup.permits import ADMINS, Refused, refuse_unless

MOST_ORIGINS = 50
MOST_KEYS = 20


@transaction.atomic
def make_key(*, by: Member, origins: Sequence[str], now: datetime) -> WidgetKey:
    """Makes a key for these origins. Raises NotPermitted, and Refused for too many keys or a bad
    origin, which the message names."""
    refuse_unless(by, ADMINS, "makes keys")
    if WidgetKey.objects.filter(workspace_id=by.workspace_id, revoked_at=None).count() >= MOST_KEYS:
        raise Refused(f"There are {MOST_KEYS} keys in force: take one out of use first.")
    key = WidgetKey.objects.create(
        workspace_id=by.workspace_id, key=new_public_key(), origins=read_origins(origins)
    )
    _note(by, key, now, done="made")
    return key


@transaction.atomic
def change_origins(*, by: Member, key_id: int, origins: Sequence[str], now: datetime) -> WidgetKey:
    """Changes a key's origins, at once for new sockets and within seconds for open ones
    (`widget.open_doors`). Raises NotPermitted, Refused, WidgetKey.DoesNotExist."""
    refuse_unless(by, ADMINS, "changes where a key works")
    key = _locked(by, key_id)
    key.origins = read_origins(origins)
    key.save(update_fields=["origins"])
    _note(by, key, now, done="origins")
    return key


@transaction.atomic
def revoke_key(*, by: Member, key_id: int, now: datetime) -> WidgetKey:
    """Revokes a key for good: pages that use it are turned away, and their open sockets are closed
    within seconds (`widget.open_doors`). Raises NotPermitted, WidgetKey.DoesNotExist."""
    refuse_unless(by, ADMINS, "takes keys out of use")
    key = _locked(by, key_id)
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    _note(by, key, now, done="revoked")
    return key


def read_origins(given: Sequence[str]) -> list[str]:
    """Returns the origins in the form that browsers send, each once. Raises Refused for anything
    else, for none, and for more than `MOST_ORIGINS`."""
    found = list(dict.fromkeys(_plain(one) for one in given if one.strip()))
    if not found:
        raise Refused("Name at least one origin, such as https://app.example.com.")
    if len(found) > MOST_ORIGINS:
        raise Refused(f"At most {MOST_ORIGINS} origins for one key; make another key.")
    return found


def _plain(given: str) -> str:
    text = given.strip().rstrip("/").lower()
    bare = text.removesuffix(":*")
    try:
        parts = urlsplit(bare)
        fits = f"{parts.scheme}://{parts.netloc}" == bare and bool(parts.hostname)
        fits = fits and parts.scheme in ("http", "https") and "@" not in bare and "*" not in bare
        fits = fits and (parts.port is None or bare == text)
    except ValueError:
        fits = False
    if not fits or len(text) > 200 or any(char.isspace() for char in text):
        raise Refused(
            f"{given.strip()[:80]!r} is not an origin: scheme and host, such as "
            "https://app.example.com, or http://localhost:* for any port of your own machine."
        )
    return text


def _locked(by: Member, key_id: int) -> WidgetKey:
    return WidgetKey.objects.select_for_update().get(
        pk=key_id, workspace_id=by.workspace_id, revoked_at=None
    )


def _note(by: Member, key: WidgetKey, now: datetime, *, done: str) -> None:
    append_entry(
        workspace_id=by.workspace_id,
        kind="key",
        actor=by,
        subject=f"key:{key.pk}",
        body={"done": done, "key": key.key, "origins": key.origins},
        at=now,
    )

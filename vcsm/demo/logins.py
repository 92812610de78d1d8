"""The demo members' passwords: made once for this home, kept in it, shown by `manage.py up`."""

import json
import secrets
from pathlib import Path

from django.conf import settings


def logins_file() -> Path:
    return settings.HOME / "demo" / "logins.json"


def read_logins() -> dict[str, str]:
    """Returns user name → password; empty before the first `seed_demo`."""
    try:
        logins: dict[str, str] = json.loads(logins_file().read_text())
    except FileNotFoundError:
        return {}
    return logins


def ensure_logins(usernames: list[str]) -> dict[str, str]:
    """Makes a password for each user name that has none, and returns all of them.

    They are random, so that a demo left reachable from elsewhere opens to nobody.
    """
    logins = read_logins()
    missing = [name for name in usernames if name not in logins]
    if missing:
        logins |= {name: secrets.token_urlsafe(9) for name in missing}
        path = logins_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(logins, indent=1))
    return logins

"""Django's sessions, stored in a table that names their users (`settings.SESSION_ENGINE`)."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from vcsm.accounts.models import SignIn

HALF = "vcsm_half_signed_in"
"""The key of a session whose user has given the password but not yet the code; its value is a list
that begins with the user's id."""
AGENT = "vcsm_agent"
BEGAN = "vcsm_began"
EXPIRES = "_session_expiry"
"""Django's key for what `set_expiry` was given."""


class SessionStore(DatabaseStore):
    """Stores sessions as `SignIn` rows. Django salts signatures with the class's name, so the name
    is kept for what its own store has written to be readable."""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        row = super().create_model_instance(data)
        assert isinstance(row, SignIn)
        now = timezone.now()
        whole, half = data.get(SESSION_KEY), data.get(HALF)
        row.state = SignIn.State.HALF if half and not whole else SignIn.State.WHOLE
        row.user_id = int(whole or (half[0] if half else 0)) or None
        row.agent = data.get(AGENT, "")
        row.began_at = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else now
        row.seen_at = now
        return row

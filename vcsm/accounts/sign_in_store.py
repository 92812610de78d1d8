"""Django's sessions in a table that knows whose each is (`settings.SESSION_ENGINE`)."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from vcsm.accounts.models import SignIn

HALF = "vcsm_half_signed_in"
"""In the session of who has given the password, and not yet the code: a list that begins with whose
it was."""
AGENT = "vcsm_agent"
BEGAN = "vcsm_began"
EXPIRES = "_session_expiry"
"""Django's own: where `set_expiry` keeps what it was told."""


class SessionStore(DatabaseStore):
    """Its name is what Django's own salts signatures with, so what that one stored is read too."""

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

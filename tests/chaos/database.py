"""What the chaos run asks the product itself: what is still waiting, and what a member is shown."""

from typing import Any

import psycopg

_WAITING = """
SELECT (SELECT count(*) FROM conversations_message WHERE author = 'contact' AND handled_at IS NULL)
     + (SELECT count(*) FROM friction_frictionsignal
        WHERE reacted_revision < revision AND last_at > now() - interval '1 day')
"""


def waiting(database_url: str) -> int:
    """Counts messages without an answer and struggles not handled yet; 1 when the database is down.

    A struggle stamped by a clock that was set back a day is history to the product as well.
    """
    try:
        with psycopg.connect(database_url, connect_timeout=2) as connection:
            row = connection.execute(_WAITING).fetchone()
    except psycopg.OperationalError:
        return 1
    assert row is not None
    return int(row[0])


def shown_to_member(cast: Any) -> dict[str, list[dict[str, Any]]]:
    """Returns the messages of each escalation's page by session, from the console's own API."""
    from django.db import close_old_connections
    from django.test import Client

    from vcsm.escalation.models import Escalation

    close_old_connections()
    client = Client()
    client.force_login(cast.alice.user)
    shown = {}
    for escalation in Escalation.objects.filter(workspace=cast.acme).order_by("opened_at")[:400]:
        answer = client.get(
            f"/console/api/escalations/{escalation.pk}/messages", headers={"host": "localhost"}
        )
        assert answer.status_code == 200, answer.content
        shown[str(escalation.session_id)] = answer.json()
    return shown

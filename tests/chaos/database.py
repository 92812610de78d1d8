"""What the chaos run asks the product itself: what still waits, and what a member is shown."""

from typing import Any

import psycopg

_WAITING = """
SELECT (SELECT count(*) FROM conversations_message WHERE author = 'contact' AND handled_at IS NULL)
     + (SELECT count(*) FROM friction_frictionsignal
        WHERE reacted_revision < revision AND last_at > now() - interval '1 day')
"""


def waiting(database_url: str) -> int:
    """Messages without an answer and struggles nobody has looked at; 1 while nobody answers.

    A struggle that a clock set a day back has stamped is history to the product, too.
    """
    try:
        with psycopg.connect(database_url, connect_timeout=2) as connection:
            row = connection.execute(_WAITING).fetchone()
    except psycopg.OperationalError:
        return 1
    assert row is not None
    return int(row[0])


def shown_to_member(cast: Any) -> dict[str, list[dict[str, Any]]]:
    """By session: the messages of each escalation's page, over the console's own API."""
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

"""The event table, partitioned by the day an event was received."""

from django.db import migrations

CREATE = """
CREATE TABLE events_event (
    workspace_id bigint NOT NULL,
    session_id uuid NOT NULL,
    sequence integer NOT NULL,
    position smallint NOT NULL,
    kind varchar(12) NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    page varchar(512) NOT NULL,
    element varchar(64),
    body jsonb NOT NULL
) PARTITION BY RANGE (received_at);
CREATE INDEX events_event_session ON events_event (session_id, sequence, position);
CREATE INDEX events_event_received ON events_event USING brin (received_at);
-- Holds what no day's partition takes, so that a late beat never costs an event.
CREATE TABLE events_event_default PARTITION OF events_event DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_start")]
    operations = [
        migrations.RunSQL(CREATE, "DROP TABLE events_event"),
    ]

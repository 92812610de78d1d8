"""Stores events as they came, one row per batch; the view `events_event` shows them singly.

A row per event costs PostgreSQL several times as much time and disk, and an event is written once
and seldom read alone.
"""

from datetime import UTC, datetime

from django.db import migrations, models

# A batch of twenty events is some three kilobytes and stays in the row as it is, since compressing
# it takes longer than writing it. Only above eight is it treated as a long value.
CREATE = """
CREATE TABLE events_batchbody (
    workspace_id bigint NOT NULL,
    session_id uuid NOT NULL,
    sequence integer NOT NULL,
    received_at timestamptz NOT NULL,
    first smallint NOT NULL DEFAULT 0,
    clock_offset bigint NOT NULL DEFAULT 0,
    events text STORAGE MAIN NOT NULL
) PARTITION BY RANGE (received_at);
CREATE INDEX events_batchbody_session ON events_batchbody (session_id, sequence);
CREATE INDEX events_batchbody_received ON events_batchbody USING brin (received_at);
-- Holds what no day's partition takes, so that a late beat never costs an event.
CREATE TABLE events_batchbody_default PARTITION OF events_batchbody DEFAULT
    WITH (toast_tuple_target = 8160);
ALTER TABLE events_event RENAME TO events_event_row;
"""

VIEW = """
CREATE VIEW events_event WITH (security_invoker = true) AS
SELECT b.workspace_id, b.session_id, b.sequence,
    (b.first + e.number - 1)::smallint AS position,
    (e.body->>'type')::varchar(12) AS kind,
    -- Nothing is in the future, whatever the client's clock says.
    least(b.received_at, 'epoch'::timestamptz
        + ((e.body->>'at')::bigint * 1000 + b.clock_offset) * interval '1 microsecond') AS at,
    b.received_at,
    coalesce(e.body->>'page', '')::varchar(512) AS page,
    (e.body->'element'->>'id')::varchar(64) AS element,
    e.body
FROM events_batchbody b
CROSS JOIN LATERAL jsonb_array_elements(b.events::jsonb) WITH ORDINALITY AS e(body, number);

-- Takes events one at a time: an import's, and those of a web process of the version before.
CREATE FUNCTION events_event_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    at bigint := (extract(epoch FROM NEW.at) * 1000000)::bigint;
    body jsonb := jsonb_build_object('at', at / 1000) || NEW.body
        || jsonb_build_object('type', NEW.kind, 'page', NEW.page);
BEGIN
    IF NEW.element IS NOT NULL THEN
        body := jsonb_set(body, '{element}',
            coalesce(body->'element', '{}') || jsonb_build_object('id', NEW.element));
    END IF;
    INSERT INTO events_batchbody
        (workspace_id, session_id, sequence, received_at, first, clock_offset, events)
    VALUES (NEW.workspace_id, NEW.session_id, NEW.sequence, NEW.received_at, NEW.position,
        at - (body->>'at')::bigint * 1000, jsonb_build_array(body)::text);
    RETURN NEW;
END $$;
CREATE TRIGGER events_event_insert INSTEAD OF INSERT ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_event_insert();
"""

# A gap in the positions begins a new row. The clock's offset is the largest one: an event dated
# after its receipt was stored with the time of its receipt, so its offset is too small.
MOVE = """
INSERT INTO events_batchbody
    (workspace_id, session_id, sequence, received_at, first, clock_offset, events)
SELECT workspace_id, session_id, sequence, received_at, min(position),
    max((extract(epoch FROM at) * 1000000)::bigint - (body->>'at')::bigint * 1000),
    jsonb_agg(body ORDER BY position)::text
FROM (
    SELECT *, position - row_number() OVER (
        PARTITION BY workspace_id, session_id, sequence, received_at ORDER BY position) AS run
    FROM events_event_row
) AS rows
GROUP BY workspace_id, session_id, sequence, received_at, run;
DROP TABLE events_event_row;
"""


def make_days(apps, schema_editor):
    from vcsm.events.partitions import create_partitions

    create_partitions(today=datetime.now(UTC).date())
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT (received_at AT TIME ZONE 'UTC')::date FROM events_event_row")
        for (day,) in cursor.fetchall():
            create_partitions(today=day, ahead=0)


class Migration(migrations.Migration):
    dependencies = [("events", "0003_unchecked_ledger")]
    operations = [
        migrations.RunSQL(CREATE),
        migrations.RunPython(make_days),
        migrations.RunSQL(MOVE),
        migrations.RunSQL(VIEW),
        migrations.CreateModel(
            name="BatchBody",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "session_id", "sequence", "first",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("sequence", models.IntegerField()),
                ("received_at", models.DateTimeField()),
                ("first", models.SmallIntegerField(default=0)),
                ("clock_offset", models.BigIntegerField(default=0)),
                ("events", models.TextField()),
            ],
            options={"db_table": "events_batchbody", "managed": False},
        ),
    ]

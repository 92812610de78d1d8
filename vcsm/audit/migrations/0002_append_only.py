"""Chains entries when their transaction commits, and refuses to change them afterwards."""

from django.db import migrations

CREATE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_link_no_truncate BEFORE TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE FUNCTION audit_head_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.workspace_id <> OLD.workspace_id OR NEW.sequence <> OLD.sequence + 1 THEN
        RAISE EXCEPTION 'audit_head only moves on' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_head_moves();

-- At commit, and not before: the head is locked only when nothing else can be waited for any more,
-- so two transactions that lock escalations in another order cannot lock each other out over it.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head audit_head;
    hashed text;
BEGIN
    INSERT INTO audit_head (workspace_id, sequence, hash)
        VALUES (NEW.workspace_id, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_head WHERE workspace_id = NEW.workspace_id FOR UPDATE;
    hashed := encode(sha256(convert_to(concat_ws(E'\\n',
        head.hash, NEW.workspace_id, head.sequence + 1,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.kind, NEW.actor, NEW.subject, NEW.body), 'UTF8')), 'hex');
    INSERT INTO audit_link (entry_id, workspace_id, sequence, previous, hash)
        VALUES (NEW.id, NEW.workspace_id, head.sequence + 1, head.hash, hashed);
    UPDATE audit_head SET sequence = head.sequence + 1, hash = hashed
        WHERE workspace_id = NEW.workspace_id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entry_chain AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();
"""

DROP = """
DROP TRIGGER audit_entry_chain ON audit_entry;
DROP TRIGGER audit_entry_append_only ON audit_entry;
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_link_append_only ON audit_link;
DROP TRIGGER audit_link_no_truncate ON audit_link;
DROP TRIGGER audit_head_kept ON audit_head;
DROP TRIGGER audit_head_no_truncate ON audit_head;
DROP TRIGGER audit_head_moves_on ON audit_head;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_head_moves();
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_start")]
    operations = [migrations.RunSQL(CREATE, DROP)]

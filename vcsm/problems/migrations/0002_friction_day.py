import django.db.models.deletion
from django.db import migrations, models

# A day's columns are void as soon as anything in them changes, whoever changes it: the roll-up,
# retention, the erasure of a contact, or somebody at the prompt. Only a trigger for a single kind
# of statement can name the old and new rows, hence one trigger for each.
VOID = """
CREATE FUNCTION problems_void_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DELETE FROM problems_frictionday d USING
    (SELECT DISTINCT workspace_id, (%I AT TIME ZONE ''UTC'')::date AS day FROM changed) c
    WHERE d.workspace_id = c.workspace_id AND d.day = c.day', TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE TRIGGER problems_hit_added AFTER INSERT ON problems_hit
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION problems_void_days('at');
CREATE TRIGGER problems_hit_changed AFTER UPDATE ON problems_hit
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION problems_void_days('at');
CREATE TRIGGER problems_hit_left AFTER UPDATE ON problems_hit
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION problems_void_days('at');
CREATE TRIGGER problems_hit_gone AFTER DELETE ON problems_hit
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION problems_void_days('at');
CREATE TRIGGER problems_rate_added AFTER INSERT ON problems_rate
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION problems_void_days('hour');
CREATE TRIGGER problems_rate_changed AFTER UPDATE ON problems_rate
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION problems_void_days('hour');
CREATE TRIGGER problems_rate_gone AFTER DELETE ON problems_rate
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION problems_void_days('hour');
"""
FORGET = """
DROP TRIGGER problems_hit_added ON problems_hit;
DROP TRIGGER problems_hit_changed ON problems_hit;
DROP TRIGGER problems_hit_left ON problems_hit;
DROP TRIGGER problems_hit_gone ON problems_hit;
DROP TRIGGER problems_rate_added ON problems_rate;
DROP TRIGGER problems_rate_changed ON problems_rate;
DROP TRIGGER problems_rate_gone ON problems_rate;
DROP FUNCTION problems_void_days();
"""


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_start"), ("accounts", "0001_start")]

    operations = [
        migrations.CreateModel(
            name="FrictionDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "workspace_id",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("hits", models.BinaryField()),
                ("rates", models.BinaryField()),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                    ),
                ),
            ],
        ),
        # Columns of ids hardly compress, and reading would have to wait for them to be
        # decompressed.
        migrations.RunSQL(
            "ALTER TABLE problems_frictionday ALTER COLUMN hits SET STORAGE EXTERNAL, "
            "ALTER COLUMN rates SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(VOID, FORGET),
    ]

"""Lets a workspace require a second factor of its members.

Factors are hidden from every workspace (`policies.HIDDEN`), so two functions that run as the owner
of the tables read and delete them for an admin, for members of the current workspace only.
"""

from django.db import migrations, models

_HERE = "NULLIF(current_setting('vcsm.workspace', true), '')::bigint"

FORWARDS = f"""
CREATE FUNCTION accounts_members_with_second_factor() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT member.id FROM accounts_member member
  JOIN accounts_secondfactor factor USING (user_id)
  WHERE member.workspace_id = {_HERE} AND factor.confirmed_at IS NOT NULL
$$;
CREATE FUNCTION accounts_take_off_second_factor(whose bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM accounts_recoverycode code USING accounts_member member
  WHERE member.id = whose AND member.workspace_id = {_HERE} AND code.user_id = member.user_id;
  DELETE FROM accounts_secondfactor factor USING accounts_member member
  WHERE member.id = whose AND member.workspace_id = {_HERE} AND factor.user_id = member.user_id;
$$;
"""
BACKWARDS = """
DROP FUNCTION accounts_members_with_second_factor();
DROP FUNCTION accounts_take_off_second_factor(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_contact_told")]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="second_factor_required",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]

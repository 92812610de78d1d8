"""Sessions move to a table that knows whose each is; who is signed in stays so.

Sign-ins are hidden from every workspace (`policies.HIDDEN`), so those of a member whom an admin
frees from a second factor are ended by a function as the owner of the table.
"""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

FORWARDS = """
CREATE FUNCTION accounts_end_sign_ins(whose bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM accounts_signin one USING accounts_member member
  WHERE member.id = whose AND one.user_id = member.user_id
    AND member.workspace_id = NULLIF(current_setting('vcsm.workspace', true), '')::bigint;
$$;
"""
BACKWARDS = "DROP FUNCTION accounts_end_sign_ins(bigint);"


def bring_along(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    now, store = timezone.now(), SessionStore()
    known = set(apps.get_model("auth", "User").objects.values_list("pk", flat=True))
    sign_in = apps.get_model("accounts", "SignIn")
    for row in apps.get_model("sessions", "Session").objects.filter(expire_date__gt=now):
        user_id = int(store.decode(row.session_data).get(SESSION_KEY, 0))
        if user_id in known:
            sign_in.objects.create(
                session_key=row.session_key,
                session_data=row.session_data,
                expire_date=row.expire_date,
                user_id=user_id,
                began_at=now,
                seen_at=now,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_workspace_currency"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="session key",
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "state",
                    models.CharField(
                        choices=[("whole", "Whole"), ("half", "Half"), ("old", "Old")],
                        default="whole",
                        max_length=5,
                    ),
                ),
                ("agent", models.CharField(blank=True, max_length=200)),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.RunPython(bring_along, migrations.RunPython.noop),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]

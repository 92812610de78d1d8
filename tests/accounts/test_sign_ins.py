"""Who was signed in before sessions had a table of their own is signed in after."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from vcsm.accounts.models import SignIn

pytestmark = pytest.mark.django_db


def old_session(user_id: object, right: str) -> str:
    """As the code before the migration stored it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user_id)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = right
    session.create()
    return str(session.session_key)


def test_the_migration_brings_sessions_along(cast: Cast) -> None:
    user = cast.alice.user
    live, late, nobodys = (
        old_session(one, user.get_session_auth_hash()) for one in (user.pk, user.pk, 10**9)
    )
    Session.objects.filter(pk=late).update(expire_date=timezone.now() - timedelta(hours=1))
    client = Client()
    client.cookies["sessionid"] = live
    assert client.get("/console/api/me").status_code == 403

    migration = import_module("vcsm.accounts.migrations.0007_sign_ins")
    with connection.schema_editor() as editor:
        migration.bring_along(apps, editor)

    assert list(SignIn.objects.values_list("pk", "user_id")) == [(live, user.pk)]
    assert nobodys not in SignIn.objects.values_list("pk", flat=True)
    client.cookies["sessionid"] = live
    assert client.get("/console/api/me").status_code == 200

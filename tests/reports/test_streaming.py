"""A real streaming replica: what is committed here is read there, later, and by one workspace."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, connections

from tests.cast import NOON
from tests.standby import primary_and_standby, wait
from vcsm.accounts.models import Workspace
from vcsm.config.database import database_from_url
from vcsm.core.replica import ALIAS, on_replica, replica_lag
from vcsm.reports.asked import Asked
from vcsm.reports.friction import friction_report
from vcsm.reports.replica import reads_replica


@pytest.fixture
def primary(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Its address; the replica is what `DATABASE_REPLICA_URL` would name."""
    with django_db_blocker.unblock():
        source = connection.settings_dict
        schema_of = f"postgresql://{source['USER']}@/{source['NAME']}?host={source['HOST']}"
        with primary_and_standby(schema_of, monkeypatch) as (primary, standby):
            connections.databases[ALIAS] = {
                **connections.databases["default"],
                **database_from_url(standby),
            }
            yield primary
            connections[ALIAS].close()
            del connections[ALIAS], connections.databases[ALIAS]


@reads_replica
def slugs(asked: Asked) -> list[str]:
    return list(Workspace.objects.values_list("slug", flat=True))


def test_it_works(primary: str) -> None:
    with psycopg.connect(primary, autocommit=True) as writer:
        acme, globex = (_make(writer, slug) for slug in ("acme", "globex"))
        asked = Asked(acme, NOON, NOON + timedelta(hours=1))
        wait(lambda: slugs(asked) == ["acme"], lambda: "it did not arrive")
        assert friction_report(asked, now=NOON).totals.sessions == 0
        with on_replica(), pytest.raises(DatabaseError, match="read-only"):
            connections[ALIAS].cursor().execute("DELETE FROM accounts_workspace")

        with on_replica():
            connections[ALIAS].cursor().execute("SELECT pg_wal_replay_pause()")
        writer.execute("UPDATE accounts_workspace SET slug = 'later' WHERE id = %s", [acme])
        wait(lambda: (replica_lag() or 0) > 0, lambda: "the lag is not said")
        assert slugs(asked) == ["acme"]
        with on_replica():
            connections[ALIAS].cursor().execute("SELECT pg_wal_replay_resume()")
        wait(lambda: slugs(asked) == ["later"], lambda: "it did not catch up")
        wait(lambda: replica_lag() == 0, lambda: "the lag stays")
        assert globex != acme


def _make(writer: psycopg.Connection, slug: str) -> int:
    """As the run's own database would: a row with the model's defaults."""
    row = Workspace(slug=slug, name=slug, created_at=NOON)
    fields = [field for field in Workspace._meta.concrete_fields if not field.primary_key]
    names = ", ".join(field.column for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    marks = ", ".join(["%s"] * len(fields))
    told = writer.execute(
        f"INSERT INTO accounts_workspace ({names}) VALUES ({marks}) RETURNING id",  # type: ignore[arg-type]
        values,
    ).fetchone()
    assert told is not None
    return int(told[0])

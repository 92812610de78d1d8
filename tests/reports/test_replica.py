"""Reports read from the replica: another connection, which PostgreSQL itself keeps from writing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.cast import NOON, Cast, make_cast
from vcsm.accounts.models import Contact, Workspace
from vcsm.core.replica import ALIAS, on_replica, replica_lag
from vcsm.reports.asked import Asked
from vcsm.reports.friction import friction_report
from vcsm.reports.replica import reads_replica


@pytest.fixture
def committed_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        yield make_cast(suffix=f"-{uuid4().hex[:8]}")


@pytest.fixture
def replica(committed_cast: Cast) -> Iterator[Any]:
    """The run's database once more, by a connection that may only read."""
    options = {"options": "-c default_transaction_read_only=on"}
    connections.databases[ALIAS] = {**connections.databases["default"], "OPTIONS": options}
    yield connections[ALIAS]
    connections[ALIAS].close()
    del connections[ALIAS], connections.databases[ALIAS]


def asked(cast: Cast) -> Asked:
    return Asked(cast.acme.pk, NOON, NOON + timedelta(hours=1))


def test_it_works(replica: Any, committed_cast: Cast) -> None:
    with CaptureQueriesContext(connection) as here, CaptureQueriesContext(replica) as there:
        friction_report(asked(committed_cast), now=NOON)
    assert not here.captured_queries
    assert any("set_config" in query["sql"] for query in there.captured_queries)
    assert replica_lag() == 0


def test_only_the_workspace_asked_about_is_seen_there(replica: Any, committed_cast: Cast) -> None:
    @reads_replica
    def slugs(asked: Asked) -> list[str]:
        return list(Workspace.objects.values_list("slug", flat=True))

    assert slugs(asked(committed_cast)) == [committed_cast.acme.slug]


def test_nothing_is_written_there(replica: Any, committed_cast: Cast) -> None:
    with on_replica(), pytest.raises(RuntimeError, match="only reads"):
        Contact.objects.create(workspace_id=committed_cast.acme.pk, external_id="x")


def test_a_replica_that_is_away_costs_a_line_of_the_log(replica: Any, committed_cast: Cast) -> None:
    replica.close()
    replica.settings_dict = {**replica.settings_dict, "HOST": "127.0.0.1", "PORT": "1"}
    assert friction_report(asked(committed_cast), now=NOON).totals.sessions == 0
    assert replica_lag() is None

"""Two members write intents at once, on real commits."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import Cast, make_cast
from vcsm.intent.models import IntentExample
from vcsm.intent.taxonomy import add_intent


@pytest.fixture
def committed_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        yield make_cast(suffix=f"-{uuid4().hex[:8]}")


def test_of_two_added_at_once_with_one_title_neither_is_lost(committed_cast: Cast) -> None:
    together = Barrier(2)

    def add(example: str) -> str:
        try:
            together.wait(60)
            return add_intent(
                workspace_id=committed_cast.acme.pk, title="Export a report", examples=[example]
            ).name
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        names = set(pool.map(add, ["download as PDF", "send it to Excel"]))
    assert names == {"export_a_report", "export_a_report_2"}
    examples = IntentExample.objects.filter(intent__workspace=committed_cast.acme)
    assert examples.count() == 2

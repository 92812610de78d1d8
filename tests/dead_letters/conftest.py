"""A cast whose rows are committed, so that a worker, which is a process of its own, sees them."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def committed_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        yield make_cast(suffix=f"-{uuid4().hex[:8]}")

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.homes import make_home


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with make_home(monkeypatch) as folder:
        yield folder

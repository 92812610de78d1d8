"""Homes for services that a test starts itself."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vcsm.embedded.cache import share_cache
from vcsm.embedded.start import default_home


@contextmanager
def make_home(patch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Makes a home without the settings of the run's own services; removed at the end."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        patch.delenv(name, raising=False)
    folder = Path(tempfile.mkdtemp(prefix="vcsm-home-"))
    # Others may enter it: when the run is root's, PostgreSQL has another account.
    folder.chmod(0o755)
    share_cache(folder, of=default_home())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)

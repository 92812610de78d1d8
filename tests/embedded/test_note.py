import resource
from pathlib import Path

import pytest

from vcsm.embedded.note import read_note, write_note


def test_it_works(tmp_path: Path) -> None:
    file = tmp_path / "note"
    assert read_note(file) == ""
    write_note(file, "first")
    write_note(file, "zwölf")
    assert read_note(file) == "zwölf"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["note"]


def test_one_that_does_not_fit_leaves_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "note"
    write_note(file, "kept")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_note(file, "x" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert read_note(file) == "kept"

"""Homes as machines have them: each is used, or refused in one sentence that names it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from vcsm.embedded.stack import _remembered_secret
from vcsm.embedded.start import start_services
from vcsm.embedded.trouble import Trouble
from vcsm.embedded.valkey import start_valkey

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("place", ["", "below"])
def test_one_that_is_a_file(home: Path, place: str) -> None:
    file = home / "notes.txt"
    file.touch()
    with pytest.raises(Trouble) as refused, start_services(file / place):
        pass
    assert str(file) in str(refused.value)
    assert "set VCSM_HOME to another folder" in str(refused.value)


def test_one_on_a_disk_that_is_not_for_writing() -> None:
    with pytest.raises(Trouble, match="/proc/nowhere"), start_services(Path("/proc/nowhere")):
        pass


@pytest.mark.parametrize("note", ["", "\n", "99999\n", "-1", "eighty"])
def test_a_port_that_was_half_written_is_chosen_anew(home: Path, note: str) -> None:
    (home / "valkey.port").write_text(note)
    valkey = start_valkey(home, log=home / "valkey.log")
    valkey.stop()
    port = urlsplit(valkey.url).port
    assert port
    assert (home / "valkey.port").read_text() == f"{port}\n"


def test_a_secret_that_was_half_written_is_made_anew(home: Path) -> None:
    """An empty one would be no setting, and so the key that everybody knows."""
    file = home / "secret.key"
    file.touch()
    made = _remembered_secret(file)
    assert len(made) > 40
    assert _remembered_secret(file) == made


def test_a_name_relative_to_where_one_stands_with_blanks_and_umlauts(home: Path) -> None:
    with _embedded("hö me's", cwd=home) as said:
        assert "DATABASE_URL=postgresql://" in said
        script = f"{said.splitlines()[-1].split(':', 1)[1].split('Ctrl-C')[0]}; echo $REDIS_URL"
        sourced = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
        assert sourced.stdout.startswith("redis://"), sourced


@contextmanager
def _embedded(home: str, *, cwd: Path) -> Iterator[str]:
    """A running `manage.py embedded`: what it says until it is up."""
    server = subprocess.Popen(
        [sys.executable, ROOT / "manage.py", "embedded"],
        env={**os.environ, "VCSM_HOME": home},
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout
    said = ""
    for line in server.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    try:
        yield said
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)

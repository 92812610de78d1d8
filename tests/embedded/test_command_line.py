import os
import signal
import subprocess
import sys
from pathlib import Path

from vcsm.embedded.lock import hold_home
from vcsm.embedded.note import write_note
from vcsm.embedded.start import start_services

ROOT = Path(__file__).resolve().parents[2]
PLAN = ("migrate", "--plan", "--skip-checks")
"""A command that asks the database; Django's checks would load every address of the console."""


def _manage(home: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    # Some tests load the web's application, which asks for a pool; a command has none.
    inherited = {name: told for name, told in os.environ.items() if name != "VCSM_DATABASE_POOL"}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env={**inherited, "VCSM_HOME": str(home), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_works_on_the_services_that_run(home: Path) -> None:
    with start_services(home):
        done = _manage(home, *PLAN)
    assert done.returncode == 0, done.stderr
    assert "Planned operations" in done.stdout


def test_nothing_runs(home: Path) -> None:
    done = _manage(home, *PLAN)
    assert done.returncode == 1
    assert done.stderr.startswith(f"DATABASE_URL is not set and nothing runs in {home}")
    assert done.stderr.count("\n") == 1


def test_services_that_were_killed_do_not_count(home: Path) -> None:
    (home / "services.env").write_text("export DATABASE_URL=postgresql://127.0.0.1:1/stale\n")
    (home / "lock").touch()
    assert "nothing runs" in _manage(home, *PLAN).stderr


def test_unreachable_database(home: Path) -> None:
    done = _manage(home, *PLAN, DATABASE_URL="postgresql://vera:hush@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL: no PostgreSQL answered")
    assert done.stderr.count("\n") == 1
    assert "hush" not in done.stderr


def test_wrong_setting(home: Path) -> None:
    done = _manage(home, "check", VCSM_DEBUG="perhaps")
    assert done.returncode == 1
    assert done.stderr == "VCSM_DEBUG is 'perhaps': use True or False.\n"


def test_up_with_an_unreachable_setting(home: Path) -> None:
    done = _manage(home, "up", "--port", "0", REDIS_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 1
    assert "REDIS_URL: no Valkey or Redis answered" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_signs_with_the_key_of_the_vcsm_that_runs_there(home: Path) -> None:
    """Else what one of the two has sealed the other cannot read."""
    write_note(home / "services.env", "export DATABASE_URL=postgresql://127.0.0.1:1/none")
    write_note(home / "secret.key", "of-this-home")
    with hold_home(home):
        done = _manage(home, "diffsettings")
    assert "SECRET_KEY = 'of-this-home'" in done.stdout, done.stderr


def test_ctrl_c_ends_a_command_with_a_word(home: Path) -> None:
    # What a shell has put into the background ignores Ctrl-C, and so would its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [sys.executable, ROOT / "manage.py", "replay", "-"],
        env={**os.environ, "VCSM_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdin
        assert running.stderr
        running.stdin.write("no event\n" * 200)
        running.stdin.flush()
        assert running.stderr.readline().startswith("line 1: ")
        running.send_signal(signal.SIGINT)
        assert running.stderr.read().splitlines()[-1] == "Stopped."
        assert running.wait(60) == 130


def test_an_argument_that_is_no_text(home: Path) -> None:
    done = _manage(home, "policy", os.fsdecode(b"m\xfcnchen"))
    assert done.returncode == 2
    assert done.stderr == "'m\\udcfcnchen' is not in UTF-8: set the terminal to it.\n"

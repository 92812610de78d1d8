import os
import subprocess
import sys
from pathlib import Path

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

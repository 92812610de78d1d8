import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis

from tests.embedded.processes import processes_of
from vcsm.embedded import account
from vcsm.embedded.start import Services, start_services
from vcsm.embedded.trouble import Trouble


def _remember(services: Services, word: str) -> None:
    with psycopg.connect(services.database_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS memory (word text)")
        connection.execute("INSERT INTO memory VALUES (%s)", [word])


def _remembered(services: Services) -> list[str]:
    with psycopg.connect(services.database_url) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM memory ORDER BY word")]


def test_it_works(home: Path) -> None:
    with start_services(home) as services:
        with psycopg.connect(services.database_url) as connection:
            row = connection.execute("SELECT '[3,4]'::vector <-> '[0,0]'::vector").fetchone()
            assert row == (5.0,)
            assert connection.info.server_version >= 180000
        with redis.Redis.from_url(services.redis_url) as client:
            assert client.ping()
        assert len(processes_of(home)) >= 1
    assert not processes_of(home)
    assert not any(child.running() for child in services.children)


def test_second_start_finds_the_data_and_the_port(home: Path) -> None:
    with start_services(home) as first:
        _remember(first, "kept")
    with start_services(home) as second:
        assert _remembered(second) == ["kept"]
        assert first.redis_url.rpartition("@")[2] == second.redis_url.rpartition("@")[2]


def test_fresh_start_forgets(home: Path) -> None:
    with start_services(home) as first:
        _remember(first, "gone")
    with start_services(home, fresh=True) as second, pytest.raises(psycopg.errors.UndefinedTable):
        _remembered(second)


def test_killed_postgres_recovers_with_every_commit(home: Path) -> None:
    with start_services(home) as first:
        for number in range(20):
            _remember(first, f"{number:02}")
        first.children[0].process.kill()
        first.children[0].process.wait()
    assert (home / "postgres-18" / "postmaster.pid").exists()
    with start_services(home) as second:
        assert _remembered(second) == [f"{number:02}" for number in range(20)]


def test_log_files_laid_out_ahead_are_written_to_and_recovered_from(home: Path) -> None:
    with start_services(home, log_ahead=8) as first:
        laid_out = _log_files(home)
        assert len(laid_out) >= 8
        for number in range(16):  # a log file each, so to the end of those and beyond
            _remember(first, f"{number:02}")
            with psycopg.connect(first.database_url, autocommit=True) as connection:
                connection.execute("SELECT pg_switch_wal()")
        now = _log_files(home)
        assert set(laid_out.items()) <= set(now.items()), "another file of that name was made"
        assert len(now) > len(laid_out)
        first.children[0].process.kill()
        first.children[0].process.wait()
    with start_services(home, log_ahead=8) as second:
        assert _remembered(second) == [f"{number:02}" for number in range(16)]


def _log_files(home: Path) -> dict[str, int]:
    """Their names and inodes."""
    files = (home / "postgres-18" / "pg_wal").iterdir()
    return {file.name: file.stat().st_ino for file in files if file.is_file()}


def test_pid_file_that_names_a_stranger_is_no_obstacle(home: Path) -> None:
    with start_services(home):
        pass
    pid_file = home / "postgres-18" / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{home}/postgres-18\n")
    with start_services(home) as services:
        _remember(services, "fine")


def test_two_starts_in_one_home(home: Path) -> None:
    with start_services(home), pytest.raises(Trouble, match=f"already runs in {home}"):  # noqa: SIM117
        with start_services(home):
            raise AssertionError("a second start must be refused")


def test_given_urls_are_used_and_nothing_is_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start_services(home) as own:
        monkeypatch.setenv("DATABASE_URL", own.database_url)
        monkeypatch.setenv("REDIS_URL", own.redis_url)
        other = home / "other"
        with start_services(other) as given:
            assert given.children == ()
            assert given.environment() == own.environment()


def test_settings_file_is_there_while_it_runs(home: Path) -> None:
    with start_services(home) as services:
        file = home / "services.env"
        assert services.redis_url in file.read_text()
        assert file.stat().st_mode & 0o077 == 0
    assert not file.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another account")
def test_home_that_only_root_can_enter(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "ROOTS_FOLDER", home / "elsewhere")
    closed = Path(tempfile.mkdtemp(dir=home))
    assert closed.stat().st_mode & 0o077 == 0
    with start_services(closed / "a-folder") as services:
        _remember(services, "reached")
    with start_services(closed / "a-folder") as services:
        assert _remembered(services) == ["reached"]
    # Another clone at the same place is another home.
    shutil.rmtree(closed / "a-folder")
    with start_services(closed / "a-folder") as services:  # noqa: SIM117
        with pytest.raises(psycopg.errors.UndefinedTable):
            _remembered(services)


def test_home_with_a_long_path(home: Path) -> None:
    with start_services(home / ("long-" * 25)) as services:
        _remember(services, "short socket")

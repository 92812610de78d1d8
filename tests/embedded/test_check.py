from collections.abc import Iterator

import psycopg
import pytest

from tests.embedded.homes import make_home
from vcsm.embedded import check
from vcsm.embedded.check import check_database, check_redis, without_password
from vcsm.embedded.start import Services, start_services
from vcsm.embedded.trouble import Trouble


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    """A server whose roles and databases these tests may add to."""
    with (
        pytest.MonkeyPatch.context() as patch,
        make_home(patch) as home,
        start_services(home) as running,
    ):
        yield running


def _refusal(url: str) -> str:
    with pytest.raises(Trouble) as caught:
        check_database(url)
    sentence = str(caught.value)
    assert sentence.startswith("DATABASE_URL: ")
    assert "\n" not in sentence
    return sentence


def test_it_works(services: Services) -> None:
    check_database(services.database_url)
    check_redis(services.redis_url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://vera:hush@127.0.0.1:1/none",
        "postgresql://vera:hush@[::1/none",
        "host=127.0.0.1 port=1 password=hush",
        "hush",
    ],
)
def test_unreachable_database(url: str) -> None:
    sentence = _refusal(url)
    assert "or unset it to use the embedded one" in sentence
    assert "password=hush" not in sentence
    assert ":hush" not in sentence


@pytest.mark.parametrize("url", ["redis://:hush@127.0.0.1:1/0", "http://127.0.0.1", "redis://["])
def test_unreachable_redis(url: str) -> None:
    with pytest.raises(Trouble, match=r"^REDIS_URL: .* or unset it") as caught:
        check_redis(url)
    assert "hush" not in str(caught.value)


def test_redis_with_a_wrong_password(services: Services) -> None:
    place = services.redis_url.rpartition("@")[2]
    with pytest.raises(Trouble, match="REDIS_URL"):
        check_redis(f"redis://:wrong@{place}")


def test_server_that_is_too_old(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "OLDEST_POSTGRES", 99)
    assert "is PostgreSQL 18; VCSM needs 99 or newer" in _refusal(services.database_url)


def test_pgvector_that_is_too_old(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "OLDEST_PGVECTOR", (99, 0))
    assert "has pgvector 0.8" in _refusal(services.database_url)


def test_database_that_cannot_hold_every_script(services: Services) -> None:
    with psycopg.connect(services.database_url, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE narrow ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
            " LOCALE_PROVIDER libc TEMPLATE template0"
        )
    assert "SQL_ASCII" in _refusal(services.database_url.replace("/vcsm?", "/narrow?"))


def test_account_that_may_not_install_pgvector(services: Services) -> None:
    with psycopg.connect(services.database_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE vera LOGIN")
        connection.execute("CREATE DATABASE empty")
    url = services.database_url.replace("vcsm@/vcsm?", "vera@/empty?")
    assert "run CREATE EXTENSION vector" in _refusal(url)


def test_password_is_never_shown() -> None:
    assert without_password("redis://:a%40b@h:1/0?x=1") == "redis://:***@h:1/0?x=1"
    assert without_password("postgresql://h/n") == "postgresql://h/n"

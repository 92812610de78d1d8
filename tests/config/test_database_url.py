"""Addresses of PostgreSQL as people write them become what Django connects with."""

from typing import cast

import pytest
from django.core.exceptions import ImproperlyConfigured

from vcsm.config.database import database_from_url


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://vera:hush@db/shop", ("vera", "hush", "db", "", "shop")),
        (
            "postgres://v%C3%A9ra:p%40s%2Fs%23%25+@db:6432",
            ("véra", "p@s/s#%+", "db", "6432", "vcsm"),
        ),
        ("postgresql://vera@[2001:db8::1]:5432/shop", ("vera", "", "2001:db8::1", "5432", "shop")),
        ("postgresql://vera@%2FRun%2Fpg/shop", ("vera", "", "/Run/pg", "", "shop")),
        ("postgresql:///shop?host=/Run/my%20pg&user=vera", ("vera", "", "/Run/my pg", "", "shop")),
        # Two that follow each other; who is the first one changes.
        ("postgresql://vera@a:5432,b:5433/shop", ("vera", "", "a,b", "5432,5433", "shop")),
    ],
)
def test_it_works(url: str, said: tuple[str, ...]) -> None:
    told = database_from_url(url)
    assert tuple(told[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")) == said


def test_options_are_kept_and_go_before_ours() -> None:
    url = (
        "postgresql://db/shop?sslmode=verify-full&options=-c%20lock_timeout%3D5s&connect_timeout=9"
    )
    options = cast(dict[str, str], database_from_url(url)["OPTIONS"])
    assert options["sslmode"] == "verify-full"
    assert options["options"] == "-c lock_timeout=5s"
    assert options["connect_timeout"] == "9"
    assert options["keepalives_idle"] == "10"


@pytest.mark.parametrize(
    "url",
    [
        "hush",
        "mysql://vera:hush@db/shop",
        "host=db password=hush",
        "postgresql://vera:hush@[::1/shop",
        "postgresql://vera:hush%@db/shop",
        "postgresql://vera:hush@db/shop?pasword=hush",
    ],
)
def test_what_cannot_be_read_is_refused_and_not_quoted(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        database_from_url(url)
    assert ":hush" not in str(refused.value)
    assert "=hush" not in str(refused.value)

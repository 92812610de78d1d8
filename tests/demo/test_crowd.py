"""Where the simulated customers are sent."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from vcsm.demo.northbank import NORTHBANK
from vcsm.demo.seed import seed_people, username_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url", ["nope", "", "localhost:8000", "ftp://a", "http://", "http://[", "http://a:99999"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(CommandError, match="no address such as http://127.0.0.1:8000"):
        call_command("demo_customers", url=url)


def test_an_address_where_nobody_is_is_said(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("demo_customers")
    names = [username_of(one, NORTHBANK) for one in NORTHBANK.members]
    seed_people(NORTHBANK, dict.fromkeys(names, "a password"))
    said, troubles = StringIO(), StringIO()
    call_command(
        "demo_customers", url="http://127.0.0.1:9", count=1, seconds=0.1,
        stdout=said, stderr=troubles,
    )  # fmt: skip
    assert "1 at a time on http://127.0.0.1:9" in said.getvalue()
    assert "Nobody answers at http://127.0.0.1:9 yet" in troubles.getvalue()

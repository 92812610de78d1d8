"""Acts over the console's API: done ones with their contact, nobody else's."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import NOON, Cast
from vcsm.governance.models import Act

pytestmark = pytest.mark.django_db


def test_it_works(cast: Cast) -> None:
    Act.objects.create(
        id=uuid4(),
        workspace=cast.acme,
        use_case="offer_help",
        contact=cast.vera,
        at=NOON,
        outcome="done",
        level="auto",
        rule="as_far_as_earned",
        subject="nudge:1",
        judged_by=cast.alice,
    )
    client = Client()
    client.force_login(cast.bob.user)
    told = client.get("/console/api/governance/acts?state=done").json()
    assert [row["contact"]["name"] for row in told["rows"]] == ["Vera"]
    client.force_login(cast.charlie.user)
    assert client.get("/console/api/governance/acts?state=done").json() == {"rows": []}


def test_a_state_there_is_not(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.bob.user)
    assert client.get("/console/api/governance/acts?state=secret").status_code == 400

"""A script that runs away is held to its member's share of the API."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast
from vcsm.accounts.limits import API_MEMBER
from vcsm.console import throttle


@pytest.mark.django_db
def test_it_works(cast: Cast, alice: Client, bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    little = replace(API_MEMBER, name=f"test-{uuid4()}", times=3, seconds=60.0)
    monkeypatch.setattr(throttle, "API_MEMBER", little)

    answers = [alice.get("/console/api/governance/acts") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 20
    assert bob.get("/console/api/me").status_code == 200
    assert Client().get("/console/api/me").status_code == 403

"""Bodies that are no JSON one can keep are a 400 with a sentence, whoever sends them."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested too deep"),
        (b'{"name": 1e400}', "not a number"),
        (b'{"name": -Infinity}', "not a number"),
        (b'{"name": NaN}', "not a number"),
        (b'{"name": ' + b"9" * 200_000 + b"}", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"{", "not JSON"),
    ],
)
def test_what_is_no_json_is_refused(alice: Client, body: bytes, said: str) -> None:
    answer = alice.generic("POST", "/console/api/views", body, "application/json")
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


def test_an_unknown_charset_is_refused(alice: Client) -> None:
    answer = alice.generic("POST", "/console/api/views", b"{}", "application/json; charset=none")
    assert answer.status_code == 400

import pytest

from tests.cast import ORIGIN, Cast
from widget.keys import open_door, origin_matches


def test_it_works(cast: Cast) -> None:
    door = open_door(key=cast.key.key, origin=ORIGIN)
    assert door is not None
    assert door.workspace_id == cast.acme.pk


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://app.acme.example.evil.example",
        "https://evil.example",
        "http://app.acme.example",
        "https://app.acme.example:8443",
        "https://app.acme.example/",
        "https://user@app.acme.example",
        "https://APP.acme.example\x00",
        "https://app.acme.example.",
        "https://evilapp.acme.example",
        "https://app.acme.example@evil.example",
        "https://evil.example/https://app.acme.example",
        "https://evil.example?https://app.acme.example",
        "https://evil.example#https://app.acme.example",
        "https://app-acme.example",
        "https://sub.app.acme.example",
        "https://acme.example",
        "https://app.acme.example:443",
        "https://app.acme.example:0443",
        "https://app.acme.example:",
        "https://app.аcme.example",
        "https://app.xn--cme-5cd.example",
        "https://app.acme.example\u3002evil.example",
        "https://app．acme.example",
        "https://ａpp.acme.example",
        "https://app.acme.example,https://evil.example",
        "https://app.acme.example https://evil.example",
        " https://app.acme.example",
        "https:\\\\app.acme.example",
        "https:app.acme.example",
        "//app.acme.example",
        "wss://app.acme.example",
        "file://",
        "blob:https://app.acme.example",
        "chrome-extension://abcdefgh",
        "https://[::1]",
        "https://app.acme.example%2eevil.example",
    ],
)
def test_a_foreign_origin_is_refused(cast: Cast, origin: str) -> None:
    assert open_door(key=cast.key.key, origin=origin) is None


@pytest.mark.parametrize("key", ["", "pk_wrong", "pk_\x00", "x" * 10_000])
def test_a_wrong_key_is_refused(cast: Cast, key: str) -> None:
    assert open_door(key=key, origin=ORIGIN) is None


def test_any_port_means_any_port_and_nothing_else() -> None:
    assert origin_matches("http://localhost:5173", "http://localhost:*")
    assert origin_matches("http://localhost", "http://localhost:*")
    assert not origin_matches("http://localhost.evil.example:80", "http://localhost:*")
    assert not origin_matches("http://localhost:80@evil.example", "http://localhost:*")
    assert not origin_matches("http://localhost:x", "http://localhost:*")

import socket

import pytest

from vcsm.embedded import port
from vcsm.embedded.port import address, bind_port
from vcsm.embedded.trouble import Trouble


def test_it_works() -> None:
    with bind_port("127.0.0.1", None) as bound:
        assert address(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"
        with socket.create_connection(bound.getsockname(), timeout=5):
            pass


def test_next_free_port_when_none_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with bind_port("127.0.0.1", None) as first:
        monkeypatch.setattr(port, "DEFAULT_PORT", first.getsockname()[1])
        with bind_port("127.0.0.1", None) as second:
            assert second.getsockname()[1] > first.getsockname()[1]


def test_asked_port_is_busy() -> None:
    with bind_port("127.0.0.1", None) as first:
        taken = first.getsockname()[1]
        with pytest.raises(Trouble, match=f"Cannot listen on 127.0.0.1 port {taken}"):
            bind_port("127.0.0.1", taken)


@pytest.mark.parametrize(("host", "number"), [("192.0.2.1", 0), ("127.0.0.1", 70000)])
def test_address_that_is_not_ours(host: str, number: int) -> None:
    with pytest.raises(Trouble, match=f"Cannot listen on {host} port {number}"):
        bind_port(host, number)


def test_every_interface_is_reached_by_loopback() -> None:
    with bind_port("0.0.0.0", 0) as bound:
        assert address(bound).startswith("http://127.0.0.1:")

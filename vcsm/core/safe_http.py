"""Reads a web page whose address somebody typed, and nothing that is not on the public internet.

An address may name a machine behind our firewall, redirect to one, or have a name that points there
the second time it is resolved (server-side request forgery). So every name is resolved once, all
its addresses must be public, and the connection goes to an address that was checked.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from vcsm.core.in_time import InTime, left

SECONDS = 20.0
"""For one page, with everything it redirects to."""
LARGEST = 5_000_000
"""The most bytes of a page that are read, packed or unpacked."""
REDIRECTS = 5
PLAIN = "/%:@!$&'()*+,;=~-._?"
"""Characters of an address that are not percent-encoded."""
AGENT = "VCSM article import"
_UNICAST = ipaddress.ip_network("2000::/3")
"""The part of IPv6 that is assigned to the public internet (IANA)."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ELSEWHERE = [
    ipaddress.ip_network(one)
    for one in (
        *("192.0.0.0/24", "168.63.129.16/32", "192.88.99.0/24"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]
"""Networks that look public but are not: clouds' internal services (192.0.0.192, 168.63.129.16),
6to4 and its relays, Teredo and other protocol assignments, and addresses for documentation."""


class NotRead(Exception):
    """The page was not read; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page. `address` is where redirects ended; `charset` is empty if the server named none."""

    address: str
    kind: str
    """The media type in lower case, without parameters."""
    charset: str
    body: bytes


def read_page(address: str, *, private: bool = False) -> Page:
    """Returns the page at the address, following up to REDIRECTS redirects. Raises `NotRead`.

    With `private`, addresses that are not public may be read, too.
    """
    until = time.monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        try:
            found = _read_once(address, private=private, until=until)
        except TimeoutError as error:
            raise NotRead(f"{address} takes longer than {SECONDS:.0f} seconds.") from error
        except (OSError, http.client.HTTPException, ValueError, EOFError, zlib.error) as error:
            raise NotRead(f"{address} cannot be read: {error or type(error).__name__}.") from error
        if isinstance(found, Page):
            return found
        address = urljoin(address, found)
    raise NotRead(f"{address} redirects more than {REDIRECTS} times.")


def _read_once(address: str, *, private: bool, until: float) -> Page | str:
    """Returns the page, or the address it redirects to."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotRead(f"{address} is not a web address.")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    machine = _resolve(parts.hostname, port, private=private)
    connection = _Pinned(parts.hostname, port, machine, parts.scheme == "https", until=until)
    try:
        wanted = f"{parts.path or '/'}?{parts.query}".removesuffix("?")
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.8"}
        connection.request("GET", quote(wanted, safe=PLAIN), headers=headers)
        answer = connection.getresponse()
        if answer.status in (301, 302, 303, 307, 308) and answer.getheader("Location"):
            return str(answer.getheader("Location"))
        if answer.status != 200:
            raise NotRead(f"{address} answers {answer.status} {answer.reason}.")
        body = _body(answer, address)
        kind = answer.headers.get_content_type()
        return Page(address, kind, answer.headers.get_content_charset() or "", body)
    finally:
        connection.close()


def _body(answer: http.client.HTTPResponse, address: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65_536):
        size += len(part)
        parts.append(part)
        if size > LARGEST:
            raise NotRead(f"{address} is larger than {LARGEST:,} bytes.")
    whole = b"".join(parts)
    if answer.getheader("Content-Encoding", "").lower() == "gzip":
        return unpack(whole)
    return whole


def unpack(packed: bytes) -> bytes:
    """Returns gzipped data unpacked. Raises `NotRead` where that is more than `LARGEST` bytes."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    whole = unpacker.decompress(packed, LARGEST + 1)
    if len(whole) > LARGEST:
        raise NotRead(f"It unpacks to more than {LARGEST:,} bytes.")
    return whole


def _resolve(host: str, port: int, *, private: bool) -> str:
    """Returns a numeric address of the host. Raises `NotRead` when there is no such host or,
    without `private`, when any of its addresses is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotRead(f"There is no host {host}.") from error
    machines = [str(one[4][0]) for one in found]
    if not private and not all(map(is_public, machines)):
        raise NotRead(f"{host} is not a public host, so it is not read.")
    return machines[0]


def is_public(machine: str) -> bool:
    """Tells whether a numeric address is on the public internet, also one mapped into IPv6.

    What `ipaddress` calls global is not enough: that includes tunnels and relays, whose far end may
    be anywhere.
    """
    address = ipaddress.ip_address(machine.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _NAT64:
            address = ipaddress.ip_address(int(address) & 0xFFFFFFFF)
        elif address not in _UNICAST:
            return False
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved)
        and not any(address in network for network in _ELSEWHERE)
    )


class _Pinned(InTime):
    """To one machine, whatever its name says by now; the certificate must be the name's."""

    def __init__(self, host: str, port: int, machine: str, secure: bool, *, until: float) -> None:
        super().__init__(host, port, until=until)
        self._machine, self._secure = machine, secure
        # Makes the Host header leave out the scheme's usual port.
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        self.sock = socket.create_connection((self._machine, self.port), self.timeout)
        if self._secure:
            self.sock.settimeout(left(self.until))  # the handshake's, which is one in all
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

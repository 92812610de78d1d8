"""Several hosts on one network, on this machine: one network namespace each, joined by a bridge.

Needs root and a kernel that allows namespaces. To pull a host's cable, the bridge's end of its link
is set down: packets vanish, and its peers are not told.
"""

import os
import secrets
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

MOVING = 10
"""Last number of the database's address, wherever the database runs."""
HOSTS = {"db-1": 11, "db-2": 12, "valkey": 20, "web": 30, "work": 40}
_GRATUITOUS = b"\xff" * 6


class NoNamespaces(Exception):
    """Hosts cannot be made here; the message says why."""


@dataclass
class Network:
    """`tag` keeps several runs on one machine apart; addresses are 10.203.x.y."""

    tag: str = field(default_factory=lambda: f"vc{secrets.token_hex(2)}")
    third: int = field(default_factory=lambda: secrets.randbelow(254) + 1)
    cut: set[str] = field(default_factory=set)

    def address(self, host: str) -> str:
        return self.numbered(HOSTS[host])

    def numbered(self, last: int) -> str:
        return f"10.203.{self.third}.{last}"

    def namespace(self, host: str) -> str:
        return f"{self.tag}-{host}"

    def at(self, host: str, command: Sequence[object], *, account: int | None = None) -> list[str]:
        """Returns the command that runs `command` on `host`. With `account` it runs as that
        account, and still ends with its parent."""
        inside = ["nsenter", f"--net=/run/netns/{self.namespace(host)}", "--"]
        if account is not None:
            inside += ["setpriv", f"--reuid={account}", f"--regid={account}", "--clear-groups"]
            inside += ["--pdeathsig=INT", "--"]
        return [*inside, *(str(part) for part in command)]

    def pull(self, host: str) -> None:
        self.cut.add(host)
        _ip("link", "set", self._plug(host), "down")

    def plug_in(self, host: str) -> None:
        _ip("link", "set", self._plug(host), "up")
        self.cut.discard(host)

    def bind(self, host: str) -> socket.socket:
        """Returns a socket bound to the host's address, on a port that is free there."""
        found: list[socket.socket] = []

        def inside() -> None:  # a namespace belongs to a thread
            _enter(self.namespace(host))
            bound = socket.socket()
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((self.address(host), 0))
            found.append(bound)

        thread = threading.Thread(target=inside)
        thread.start()
        thread.join()
        return found[0]

    def give_moving_address(self, host: str) -> None:
        """Takes the address from its present host and tells neighbours (RFC 5227, section 3)."""
        address = self.numbered(MOVING)
        for other in HOSTS:
            _inside(
                self.namespace(other), "addr", "del", f"{address}/24", "dev", "eth0", check=False
            )
        _inside(self.namespace(host), "addr", "add", f"{address}/24", "dev", "eth0")
        announce = threading.Thread(target=_announce, args=(self.namespace(host), address))
        announce.start()
        announce.join()

    def _plug(self, host: str) -> str:
        return f"{self.tag}{HOSTS[host]}"

    def make(self) -> None:
        _ip("link", "add", self.tag, "type", "bridge")
        _ip("addr", "add", f"{self.numbered(1)}/24", "dev", self.tag)
        _ip("link", "set", self.tag, "up")
        for host in HOSTS:
            space, plug = self.namespace(host), self._plug(host)
            _ip("netns", "add", space)
            _ip("link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", space)
            _ip("link", "set", plug, "master", self.tag, "up")
            for words in (
                ("link", "set", "lo", "up"),
                ("addr", "add", f"{self.address(host)}/24", "dev", "eth0"),
                ("link", "set", "eth0", "up"),
            ):
                _inside(space, *words)

    def remove(self) -> None:
        for host in HOSTS:
            _ip("netns", "del", self.namespace(host), check=False)
        _ip("link", "del", self.tag, check=False)


@contextmanager
def network() -> Iterator[Network]:
    """Makes the hosts and removes them at the end. Raises NoNamespaces where that is forbidden."""
    made = Network()
    try:
        made.make()
    except (OSError, subprocess.CalledProcessError) as error:
        made.remove()
        said = getattr(error, "stderr", "") or str(error)
        raise NoNamespaces(f"no network namespaces here: {said.strip()}") from error
    try:
        yield made
    finally:
        made.remove()


def _ip(*words: str, check: bool = True) -> None:
    subprocess.run(["ip", *words], check=check, capture_output=True, text=True)


def _inside(space: str, *words: str, check: bool = True) -> None:
    _ip("-n", space, *words, check=check)


def _enter(space: str) -> None:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(f"/run/netns/{space}", os.O_RDONLY)
    try:
        if libc.setns(descriptor, 0x40000000):  # CLONE_NEWNET
            raise OSError(ctypes.get_errno(), f"cannot enter {space}")
    finally:
        os.close(descriptor)


def _announce(space: str, address: str) -> None:
    """Sends a gratuitous ARP three times, so that neighbours forget where the address was."""
    _enter(space)
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806)) as wire:
        wire.bind(("eth0", 0))
        mine, four = wire.getsockname()[4], socket.inet_aton(address)
        said = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 2) + mine + four + _GRATUITOUS + four
        for _ in range(3):
            wire.send(_GRATUITOUS + mine + b"\x08\x06" + said)

"""A few blows of what `make chaos` does for as long as one likes, judged by the same checks."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.network import NoNamespaces, network

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
BLOWS = ["kill_web", "kill_worker", "kill_postgres", "kill_valkey", "stall_postgres", "kill_task"]


ON_HOSTS = ["cut_web", "cut_postgres", "cut_valkey", "fail_over"]


def why_no_hosts() -> str:
    """Empty where several hosts can be made on this machine."""
    try:
        with network():
            return ""
    except NoNamespaces as error:
        return str(error)


def test_hosts_cannot_reach_each_other_over_a_pulled_cable() -> None:
    if why := why_no_hosts():
        pytest.skip(why)
    with network() as net, net.bind("web") as bound:
        bound.listen()
        address = bound.getsockname()
        socket.create_connection(address, timeout=5).close()
        net.pull("web")
        with pytest.raises(OSError):
            socket.create_connection(address, timeout=0.5)
        net.plug_in("web")
        socket.create_connection(address, timeout=5).close()


@pytest.mark.timeout(500)
def test_nothing_acknowledged_is_lost_or_doubled() -> None:
    blows = [*BLOWS, *(["move_clock"] if shutil.which("cc") else [])]
    blows += [] if why_no_hosts() else ON_HOSTS
    options = ["--kills", str(len(blows)), "--pause", "1.5", "--widgets", "4", "--only", *blows]
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["found"] == [], done.stderr[-3000:]
    assert done.returncode == 0
    assert told["kinds"] == sorted(blows)
    # A run in which hardly anything was acknowledged or killed would show nothing.
    assert told["batches_acknowledged"] > 40
    assert told["parts_started_again"] >= 4

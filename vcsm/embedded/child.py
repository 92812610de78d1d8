"""Processes that we start, watch and stop ourselves, and that never outlive us."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vcsm.embedded.account import Account
from vcsm.embedded.trouble import tail

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to run, and how it is to be ended.

    `farewell` is the signal for a clean stop. `last_will` is sent by the kernel when our main
    thread dies, however it dies (Linux; elsewhere a killed supervisor leaves its parts behind).
    """

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    farewell: signal.Signals = signal.SIGTERM
    last_will: signal.Signals = signal.SIGKILL
    nice: int = 0
    """How far it yields to the others for a processor (nice(2))."""
    stdin: bytes | None = None
    pass_fds: tuple[int, ...] = ()
    folder: Path | None = None


@dataclass(frozen=True)
class Child:
    """One running part: a process that leads its own group, and its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    farewell: signal.Signals

    def running(self) -> bool:
        return self.process.poll() is None

    def obituary(self) -> str:
        """Returns how it ended, by name, with the tail of its log."""
        code = self.process.poll()
        how = f"was killed by {_signal_name(-code)}" if code and code < 0 else f"ended with {code}"
        return f"{self.name} {how}. The end of {self.log}:{tail(self.log)}"


def start_child(program: Program, *, log: Path) -> Child:
    """Starts `program` in its own process group, its output in `log`.

    The log of the run before is kept beside it. Raises OSError when it cannot be run.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".previous.log"))
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in program.command],
            stdin=subprocess.DEVNULL if program.stdin is None else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **program.env},
            cwd=program.folder,
            pass_fds=program.pass_fds,
            process_group=0,
            preexec_fn=_bequeath(program.last_will),
            **(program.account.credentials() if program.account else {}),
        )
    if program.nice:
        os.setpriority(os.PRIO_PROCESS, process.pid, program.nice)
    if process.stdin is not None:
        process.stdin.write(program.stdin or b"")
        process.stdin.close()
    return Child(name=program.name, process=process, log=log, farewell=program.farewell)


def stop_children(children: Sequence[Child], *, patience: float = 10) -> None:
    """Asks all to stop, waits up to `patience` seconds together, then kills those that are left.

    Every process is reaped, and whatever it started and left in its group is killed.
    """
    asked = [child for child in children if child.running()]
    for child in asked:
        child.process.send_signal(child.farewell)
    deadline = time.monotonic() + patience
    for child in asked:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
    for child in children:
        _kill_group(child)


def _kill_group(child: Child) -> None:
    try:
        os.killpg(child.process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # nobody left; macOS answers "not permitted" for a group of zombies


def _bequeath(last_will: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    # Loaded before the fork: the child may only make the call. Popen changes the account first,
    # which matters because a change of credentials forgets this setting.
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, int(last_will), 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return ask_kernel


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"

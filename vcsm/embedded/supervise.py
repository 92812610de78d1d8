"""Starts parts, watches them, and leaves nothing behind."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vcsm.embedded.child import Child, Program, start_child, stop_children
from vcsm.embedded.farewell import Farewell
from vcsm.embedded.parts import Part
from vcsm.embedded.trouble import Trouble, tail

Say = Callable[[str], None]

PATIENCE = 90
"""Seconds for a part to become ready; a cold worker reads its encoder from a slow disk."""


class Stopped(Exception):
    """Raised when we were asked to stop."""


@dataclass
class Supervisor:
    """The parts that run so far. Every wait ends at once when one dies or we are asked to stop."""

    logs: Path
    farewell: Farewell
    services: tuple[Child, ...]
    parts: list[Child] = field(default_factory=list)

    def start(self, program: Program) -> Child:
        child = start_child(program, log=self.logs / f"{program.name}.log")
        self.parts.append(child)
        return child

    def stop(self) -> None:
        stop_children(list(reversed(self.parts)))

    def start_and_wait(self, wanted: Sequence[Part]) -> None:
        """Starts all at once, because each needs seconds to load, then waits for each."""
        started = [(self.start(part.program), part) for part in wanted]
        deadline = time.monotonic() + PATIENCE
        for child, part in started:
            while not part.is_ready(child):
                self.pause(0.1)
                if time.monotonic() > deadline:
                    raise Trouble(
                        f"{child.name} was not ready within {PATIENCE} s. "
                        f"The end of {child.log}:{tail(child.log)}"
                    )

    def run_to_end(self, program: Program, *, say: Say) -> None:
        """Runs a step before the parts and says its lines; raises Trouble if it fails."""
        child = start_child(program, log=self.logs / f"{program.name}.log")
        said = 0
        try:
            while child.running():
                self.pause(0.05)
                said = _say_news(child.log, said=said, say=say)
            if child.process.returncode:
                raise Trouble(child.obituary())
        finally:
            stop_children([child])

    def pause(self, seconds: float) -> None:
        asked = self.farewell.wait(seconds)
        # Ctrl-C reaches only us, so a part that is dead by now died on its own.
        dead = next((it for it in [*self.services, *self.parts] if not it.running()), None)
        if dead is not None:
            raise Trouble(dead.obituary())
        if asked:
            raise Stopped


def _say_news(log: Path, *, said: int, say: Say) -> int:
    """Says the complete lines after the first `said` bytes; returns how far it got."""
    with log.open("rb") as file:
        file.seek(said)
        news = file.read()
    complete = news.rfind(b"\n") + 1
    for line in news[:complete].decode("utf-8", errors="replace").splitlines():
        say(line)
    return said + complete

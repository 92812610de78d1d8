"""A wall clock that jumps while processes run. A few lines of C (`clock.c`), preloaded into every
process of the run, read from a shared file how wrong the time has to be."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")


@dataclass(frozen=True)
class Clock:
    library: Path
    file: Path

    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "CHAOS_CLOCK": str(self.file)}

    def move(self, seconds: int) -> None:
        """Sets the clock to `seconds` away from the true time; 0 makes it true again."""
        with self.file.open("r+b") as file:
            file.write(seconds.to_bytes(8, sys.byteorder, signed=True))


def make_clock(home: Path) -> Clock | None:
    """Builds the library. Returns None when no C compiler is installed."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    clock = Clock(home / "clock.so", home / "clock")
    made = [compiler, "-O2", "-shared", "-fPIC", "-o", str(clock.library), str(SOURCE)]
    subprocess.run(made, check=True)
    clock.file.write_bytes(bytes(8))
    return clock

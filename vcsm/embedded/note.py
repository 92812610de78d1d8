"""Notes in a home that outlive a run: whole or absent, whatever ends us meanwhile."""

import os
from pathlib import Path


def write_note(file: Path, text: str) -> None:
    """Writes a note that only this account can read.

    Raises OSError, and then leaves the note that was there.
    """
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with unfinished.open("w", encoding="utf-8") as opened:
        opened.write(f"{text}\n")
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(file)


def read_note(file: Path) -> str:
    """Returns the note without blanks around it; empty where there is none."""
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""

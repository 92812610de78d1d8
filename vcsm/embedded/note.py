"""Notes in a home that outlive a run: whole or not there at all, whatever ends us meanwhile."""

import os
from pathlib import Path


def write_note(file: Path, text: str) -> None:
    """For this account's eyes. Raises OSError, and then leaves what was there."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with unfinished.open("w", encoding="utf-8") as opened:
        opened.write(f"{text}\n")
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(file)


def read_note(file: Path) -> str:
    """Without blanks around it; empty where there is none."""
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""

"""PostgreSQL's data folder: made once, with log files laid out ahead.

A commit that reaches the end of a log file waits until there is a next one, written full of zeros
and synced. A server that has run for a while uses its old ones again, but a new one makes each of
them while customers wait. The files' names follow PostgreSQL's manual, "Write-Ahead Logging", "WAL
Internals": time line, number of the 4 GB, number within it, each as eight hexadecimal digits.
"""

import os
import shutil
import subprocess
from pathlib import Path

from vcsm.embedded.account import Account, reachable_folder, unprivileged_account
from vcsm.embedded.trouble import Trouble

SUPERUSER = "vcsm"

LOG_AHEAD = 512
"""Megabytes laid out for a server that people wait for: what `min_wal_size` keeps; by the time
twice as much is written, files are used again. With commits of 20 kB, 250 a second in three rounds
on a busy machine, the slowest in a hundred took 8 to 13 ms with it, 15 to 23 ms without."""

_LOG_FILE = 1
"""Megabytes per file. With 16 the slowest one in a hundred acknowledgements took 66 ms, with 1 18
to 27."""
_PER_NUMBER = 4096 // _LOG_FILE
_NAME_LENGTH = 24


def data_folder_of(home: Path) -> Path:
    """Returns the folder in which the embedded database of `home` keeps its files."""
    return reachable_folder(home, unprivileged_account()) / "postgres-18"


def make_data_folder(
    data: Path, *, binaries: Path, account: Account | None, log_ahead: int
) -> None:
    """Makes the data folder, with `log_ahead` megabytes of log files, unless it exists.

    Raises Trouble.
    """
    if data.is_dir():
        return
    unfinished = data.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    give(unfinished, account)
    try:
        _initialise(unfinished, binaries=binaries, account=account)
        _lay_out_log(unfinished / "pg_wal", megabytes=log_ahead, account=account)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)  # it may have filled the disk
        raise
    unfinished.rename(data)


def _initialise(folder: Path, *, binaries: Path, account: Account | None) -> None:
    command = [binaries / "initdb", "-D", folder, "-U", SUPERUSER]
    command += [f"--wal-segsize={_LOG_FILE}"]
    # Trust is limited by the socket's folder, which only this account (and root) can enter.
    command += ["--auth=trust", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        **(account.credentials() if account else {}),
    )
    if done.returncode:
        raise Trouble(f"PostgreSQL could not make its data folder {folder}: {done.stderr.strip()}")


def give(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.uid, account.gid)


def _lay_out_log(folder: Path, *, megabytes: int, account: Account | None) -> None:
    """Makes the files after the last existing one; the server must not be running."""
    try:
        _write_log(folder, megabytes=megabytes, account=account)
    except OSError as error:
        raise Trouble(
            f"PostgreSQL's log files ({megabytes} MB) do not fit on the disk of {folder}"
            f" ({error.strerror}): make room, or set VCSM_HOME to a folder on another."
        ) from None


def _write_log(folder: Path, *, megabytes: int, account: Account | None) -> None:
    last = max(file.name for file in folder.iterdir() if len(file.name) == _NAME_LENGTH)
    time_line, high, low = last[:8], int(last[8:16], 16), int(last[16:], 16)
    first = high * _PER_NUMBER + low + 1
    zeros = bytes(_LOG_FILE << 20)
    for number in range(first, first + megabytes // _LOG_FILE):
        file = folder / f"{time_line}{number // _PER_NUMBER:08X}{number % _PER_NUMBER:08X}"
        with file.open("wb") as opened:
            opened.write(zeros)
            opened.flush()
            # Linux begins to write them out, and nobody waits for that: they need not survive
            # anything.
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        file.chmod(0o600)
        give(file, account)

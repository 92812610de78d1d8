"""Which account PostgreSQL runs under, and which folder that account can reach.

PostgreSQL refuses to run as root. A root shell is normal in containers and on CI, so there we run
it as `nobody`; on an ordinary account it runs as that account.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from vcsm.embedded.note import read_note, write_note
from vcsm.embedded.trouble import Trouble

ROOTS_FOLDER = Path("/var/lib/vcsm")


class Credentials(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that change the account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """An account other than ours, with the kernel's uid and gid."""

    uid: int
    gid: int

    def credentials(self) -> Credentials:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path) -> bool:
        """Returns whether it may walk to `path` through every folder above it."""
        return all(self._may_enter(folder) for folder in path.resolve().parents)

    def _may_enter(self, folder: Path) -> bool:
        if not folder.exists():
            return True  # we shall make it, and make it open
        info = folder.stat()
        if info.st_uid == self.uid:
            return bool(info.st_mode & stat.S_IXUSR)
        if info.st_gid == self.gid:
            return bool(info.st_mode & stat.S_IXGRP)
        return bool(info.st_mode & stat.S_IXOTH)


def unprivileged_account() -> Account | None:
    """Returns `nobody` when we are root, None when we may simply run as ourselves.

    Raises Trouble for root without an account `nobody`.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise Trouble(
            "PostgreSQL refuses to run as root and this machine has no account `nobody`: "
            "run as an ordinary account, or set DATABASE_URL."
        ) from None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def reachable_folder(home: Path, account: Account | None) -> Path:
    """Returns `home`, or where `account` cannot reach it another folder, remembered in `home`.

    A clone under /root or in a folder of `mktemp -d` is closed to everyone else.
    """
    if account is None or account.reaches(home / "postgres"):
        return home
    # Not named after the home: a second clone at the same place must not find the first's data.
    remembered = home / "postgres.folder"
    if told := read_note(remembered):
        return Path(told)
    ROOTS_FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=ROOTS_FOLDER))
    folder.chmod(0o755)
    write_note(remembered, str(folder))
    return folder


def reachable_copy(
    trees: Sequence[Path], *, folder: Path, account: Account | None
) -> Sequence[Path]:
    """Returns `trees` (neighbours), or copies under `folder` where `account` cannot reach them."""
    if account is None or account.reaches(trees[0] / "bin"):
        return trees
    copy = folder / f"{trees[0].name}-{_fingerprint(trees[0])}"
    if not copy.is_dir():
        unfinished = folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for tree in trees:
            shutil.copytree(
                tree,
                unfinished / tree.name,
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__"),
            )
        unfinished.rename(copy)
    return [copy / tree.name for tree in trees]


def _fingerprint(tree: Path) -> str:
    """Returns what changes with a newer wheel: a digest of names, sizes and times is enough."""
    digest = hashlib.sha256()
    for path in sorted(tree.rglob("bin/*")):
        info = path.stat()
        digest.update(f"{path.name} {info.st_size} {int(info.st_mtime)}\n".encode())
    return digest.hexdigest()[:12]

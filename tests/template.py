"""A database with its schema and no rows: made once for a run, and copied by all that need one.

The schema takes a processor some ten seconds to make; its files are copied in less than one.
"""

import os
import subprocess
import sys
from pathlib import Path

from vcsm.embedded.data_folder import data_folder_of
from vcsm.embedded.start import start_services
from vcsm.embedded.trouble import Trouble

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "template"


def make_template(home: Path) -> None:
    """Makes it in `home`, by `manage.py migrate` on an empty database, and stops its server.

    Raises Trouble.
    """
    folder = home / FOLDER
    with start_services(folder) as services:
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0", "--skip-checks"],
            env={**os.environ, **services.environment(), "VCSM_HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Trouble(f"The tests' database could not be migrated: {done.stderr[-3000:]}")


def pass_template_on(home: Path, *, of: Path) -> None:
    """Lets `home`, which is new, have the template of the home `of`, if that has one."""
    if (of / FOLDER).is_dir():
        (home / FOLDER).symlink_to(of / FOLDER)


def begin_with_template(home: Path, *, of: Path) -> None:
    """The embedded database of `home`, unless it has one, begins as the template of `of`.

    Where there is no template it begins empty.
    """
    home.mkdir(parents=True, exist_ok=True)
    if (of / FOLDER).is_dir() and not data_folder_of(home).exists():
        # Not by shutil, which would make the files ours: as root, the server is another account.
        made, wanted = data_folder_of(of / FOLDER), data_folder_of(home)
        subprocess.run(["cp", "-a", made, wanted], check=True)

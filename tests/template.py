"""A database with its schema and no rows: made once per run, copied wherever one is needed.

Making the schema takes some ten seconds of CPU; copying its files takes less than one.
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
    """Makes the template in `home` by `manage.py migrate` on an empty database; stops the server.

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
    """Links the template of the home `of`, if it has one, into `home`, which is new."""
    if (of / FOLDER).is_dir():
        (home / FOLDER).symlink_to(of / FOLDER)


def begin_with_template(home: Path, *, of: Path) -> None:
    """Starts the database of `home`, if it has none, as a copy of the template of `of`.

    Without a template it starts empty.
    """
    home.mkdir(parents=True, exist_ok=True)
    if (of / FOLDER).is_dir() and not data_folder_of(home).exists():
        # `cp -a` keeps the owner: when the run is root's, the server has another account.
        made, wanted = data_folder_of(of / FOLDER), data_folder_of(home)
        subprocess.run(["cp", "-a", made, wanted], check=True)

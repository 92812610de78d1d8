"""An upgrade under load: first the old code, then the new schema, then one part after another.

`--before FOLDER` names a checkout of the old code. Everything starts from it, on its schema. After
a third of the blows `manage.py migrate` of this code runs; after two thirds the parts are replaced
in turn, as in a rolling deploy.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.chaos.parts import PATIENCE, ROOT, Hurt
from vcsm.embedded.child import stop_children

TRIES = 10
_CAST = """
import json, django
django.setup()
from tests.cast import make_cast
from tests.lessons import teach
cast = make_cast(suffix="-before", origins=("http://127.0.0.1:*",))
teach(cast.acme)
print(json.dumps([cast.acme.pk, cast.alice.pk, cast.key.key]))
"""


class Failed(Exception):
    """A command ended with an error; the message is its output."""


def begin(before: Path) -> Any:
    """Creates schema and cast with the old code. Raises Failed if it is no checkout of VCSM."""
    _run(before, "manage.py", "migrate", "--verbosity", "0")
    acme, alice, key = json.loads(_run(before, "-c", _CAST).splitlines()[-1])
    return _Cast(acme, alice, key)


def steps(blows: int) -> dict[int, Callable[[Hurt], None]]:
    """Returns what is done before a blow, by the blow's number."""
    return {blows // 3: migrate, 2 * blows // 3: roll_over}


def migrate(hurt: Hurt) -> None:
    """Migrates to the schema of this code while the old code serves."""
    for _ in range(TRIES):
        hurt.raise_dead()  # the blow before may have taken the database
        with suppress(Failed):
            sys.stderr.write(_run(ROOT, "manage.py", "migrate", "--no-color"))
            return
        time.sleep(1)
    raise SystemExit("the upgrade's migrate did not come through")


def roll_over(hurt: Hurt) -> None:
    """Stops one part after another as a deploy does, and starts it from this code."""
    for name, part in hurt.parts.items():
        hurt.parts[name] = part.with_code_in(ROOT)
        stop_children([hurt.children[name]], patience=PATIENCE)
        hurt.raise_dead()


class _Cast:
    """Like `tests.cast.Cast`, but its rows are read when asked for, with this code's schema."""

    def __init__(self, acme: int, alice: int, key: str) -> None:
        self._acme, self._alice = acme, alice
        self.key = type("Key", (), {"key": key})

    @property
    def acme(self) -> Any:
        from vcsm.accounts.models import Workspace

        return Workspace.objects.get(pk=self._acme)

    @property
    def alice(self) -> Any:
        from vcsm.accounts.models import Member

        return Member.objects.get(pk=self._alice)


def _run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{folder}: {' '.join(arguments[:2])} failed:\n{done.stderr[-3000:]}")
    return done.stdout

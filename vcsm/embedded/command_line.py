"""Runs `manage.py`: finds the running services, and turns an unusable setting into a sentence."""

import os
import shlex
import signal
import sys
from pathlib import Path

from vcsm.embedded.check import check_database
from vcsm.embedded.cores import share_cores
from vcsm.embedded.lock import is_held
from vcsm.embedded.note import read_note
from vcsm.embedded.start import SECRET_NOTE, default_home
from vcsm.embedded.trouble import Trouble

_STARTS_ITS_OWN = ("up", "embedded")
_INTERRUPTED = 128 + signal.SIGINT
"""Exit code by which shells say that a command was ended by Ctrl-C."""


def run_command_line(arguments: list[str]) -> None:
    """Runs a Django command. Without DATABASE_URL it works on what `manage.py up` keeps running.

    Ends the process with one sentence when the database cannot be reached, a setting is wrong or
    Ctrl-C was pressed.
    """
    share_cores()

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    _refuse_unreadable(arguments)
    if arguments[1:2] and arguments[1] not in _STARTS_ITS_OWN:
        _use_running_services(default_home())
    try:
        execute_from_command_line(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(_INTERRUPTED)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError:
        try:
            _explain()
        except Trouble as trouble:
            sys.exit(str(trouble))
        raise  # the database is fine, so this is something else


def _refuse_unreadable(arguments: list[str]) -> None:
    """Refuses arguments that are not UTF-8, which no name in the database can match.

    A terminal in Latin-1 gives such bytes.
    """
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            sys.stderr.write(f"{argument!r} is not in UTF-8: set the terminal to it.\n")
            sys.exit(2)


def _use_running_services(home: Path) -> None:
    file = home / "services.env"
    if os.environ.get("DATABASE_URL") or not file.is_file() or not is_held(home):
        return
    for assignment in shlex.split(file.read_text()):
        name, equals, value = assignment.partition("=")
        if equals:
            os.environ.setdefault(name, value)
    if secret := read_note(home / SECRET_NOTE):
        os.environ.setdefault("VCSM_SECRET_KEY", secret)


def _explain() -> None:
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        raise Trouble(
            f"DATABASE_URL is not set and nothing runs in {default_home()}: start it with "
            "`manage.py up` or `manage.py embedded`, or set DATABASE_URL."
        )
    check_database(url)

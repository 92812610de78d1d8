"""What may be told of an error where anybody may read it: in logs and in dead letters.

An error's own words quote what it was about: a database repeats the row, a parser the text. So they
are told only for errors about machines, which know nothing of people. For all others the class,
where it was raised, and a database's code are enough to find the line.
"""

import smtplib
import traceback
from collections.abc import Iterator
from pathlib import Path

import celery.exceptions
import django.db
import kombu.exceptions
import psycopg
import redis

ROOT = Path(__file__).resolve().parents[2]
OURS = ("vcsm", "widget", "tasks")
MOST_CAUSES = 5
LONGEST = 300

_OF_MACHINES = (
    OSError,
    redis.ConnectionError,
    redis.TimeoutError,
    kombu.exceptions.OperationalError,
    celery.exceptions.TimeLimitExceeded,
    celery.exceptions.SoftTimeLimitExceeded,
    celery.exceptions.WorkerLostError,
)
# A mail server's answer names those whom the mail was for.
_OF_PEOPLE = (smtplib.SMTPException,)
_AWAY = (
    django.db.OperationalError,
    django.db.InterfaceError,
    psycopg.OperationalError,
    redis.ConnectionError,
    redis.TimeoutError,
    kombu.exceptions.OperationalError,
)


def name_error(error: BaseException) -> str:
    """Names the error and its causes: `ValueError ← psycopg.errors.UniqueViolation 23505`."""
    return " ← ".join(_name(one) for one in _chain(error))[:LONGEST]


def place_of(error: BaseException) -> str:
    """Returns the last line of ours, `vcsm/assistant/reply.py:41 in reply`; "" if there is none."""
    places = list(_places(error))
    return places[-1] if places else ""


def frames_of(error: BaseException, *, most: int = 12) -> list[str]:
    """Returns the last `most` lines that led to it, of ours and of libraries, outermost first."""
    frames = traceback.extract_tb(error.__traceback__)[-most:]
    return [f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]


def is_away(error: BaseException) -> bool:
    """Returns whether a service that the work needs is away; the work itself may be right."""
    return any(isinstance(one, _AWAY) for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    now: BaseException | None = error
    if type(error).__name__ == "ExceptionWithTraceback":  # Celery's, of another process
        now = getattr(error, "exc", error)
    while now is not None and id(now) not in seen and len(seen) < MOST_CAUSES:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _name(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else _full_name(kind)
    if isinstance(error, _OF_MACHINES) and not isinstance(error, _OF_PEOPLE):
        return f"{name}: {error}" if str(error) else name
    code = getattr(error, "sqlstate", None)
    return f"{name} {code}" if isinstance(code, str) else name


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        short = _short(frame.filename)
        if short.startswith(tuple(f"{package}/" for package in OURS)):
            yield f"{short}:{frame.lineno} in {frame.name}"


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return str(path.relative_to(ROOT))
    parts = path.parts
    return "/".join(
        parts[parts.index("site-packages") + 1 :] if "site-packages" in parts else parts
    )

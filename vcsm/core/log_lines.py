"""What a line of the log looks like: JSON fields, or text for a person at a terminal.

Lines of structlog and of every library's `logging` end here. Each carries the trace it belongs to,
and none the words of an error (`error_words`) or a message's body: both may be a person's.
"""

import logging
import logging.config
import sys
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.typing import EventDict, Processor

from vcsm.core.error_words import frames_of, name_error, place_of
from vcsm.core.trace import current_trace

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMS = ("json", "text")

_BODIES = (
    "Received unregistered task",
    "Received invalid task message",
    "Received and deleted unknown message",
    "Can't decode message body",
)
"""Beginnings of Celery's lines that go on with a whole message."""
_CLIENTS_FAULTS = ("Invalid UTF-8 sequence received from client.",)
"""Lines of uvicorn's that are an error with a traceback, but no fault of ours: anybody could fill
the log with them."""


def set_up_logs(told: dict[str, Any]) -> None:
    """Sets up all logging; Django calls it as `LOGGING_CONFIG`.

    `told` holds `level`, `form`, and `words`: whether errors' own words may be shown. Raises
    ImproperlyConfigured for an unknown level or form.
    """
    level, form = told["level"].upper(), told["form"]
    if level not in LEVELS:
        raise ImproperlyConfigured(f"VCSM_LOG_LEVEL is {level!r}: use one of {', '.join(LEVELS)}.")
    if form not in FORMS:
        raise ImproperlyConfigured(f"VCSM_LOG_FORMAT is {form!r}: use json or text.")
    before = _before(words=told["words"])
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)
    logging.config.dictConfig(_config(level, form, before, words=told["words"]))


def _config(level: str, form: str, before: list[Processor], *, words: bool) -> dict[str, Any]:
    renderer: Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer()
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": before,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    }
    handler = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["wordless"]}
    ours = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"wordless": {"()": lambda: _Wordless(words)}, "brief": {"()": _Brief}},
        "formatters": {"line": formatter},
        "handlers": {"stderr": handler},
        "loggers": {
            # uvicorn brings handlers of its own.
            "uvicorn": ours,
            "uvicorn.error": {**ours, "filters": ["brief"]},
            "uvicorn.access": ours,
            # Celery's pool: its logger does not propagate.
            "multiprocessing": {"handlers": ["stderr"], "propagate": False},
            # `tasks.durable` writes a task's beginning and end; these lines would quote its
            # arguments.
            "celery.app.trace": {"level": "CRITICAL"},
            "celery.worker.strategy": {"level": "WARNING"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }


def _before(*, words: bool) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_trace,
        structlog.processors.format_exc_info if words else _name_exception,
    ]


def _add_trace(_logger: Any, _method: str, line: EventDict) -> EventDict:
    if trace := current_trace().id:
        line.setdefault("trace", trace)
    return line


def _name_exception(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Replaces a traceback, which would end with the error's words."""
    told = line.pop("exc_info", None)
    error = _error_of(told)
    if error is not None:
        line["error"], line["at"], line["frames"] = (
            name_error(error),
            place_of(error),
            frames_of(error),
        )
    return line


def _error_of(told: Any) -> BaseException | None:
    if isinstance(told, BaseException):
        return told
    if isinstance(told, tuple):
        error: BaseException | None = told[1]
        return error
    return sys.exc_info()[1] if told else None


class _Wordless(logging.Filter):
    """Takes out of libraries' lines, and of ours, what may be somebody's words."""

    def __init__(self, words: bool) -> None:
        super().__init__()
        self._words = words

    def filter(self, record: logging.LogRecord) -> bool:
        if self._words:
            return True
        begins = str(record.msg).startswith
        for body in _BODIES:
            if begins(body):
                record.msg, record.args = body, ()
        if isinstance(record.args, tuple):
            record.args = tuple(map(_wordless, record.args))
        elif isinstance(record.args, dict):
            record.args = {name: _wordless(value) for name, value in record.args.items()}
        return True


class _Brief(logging.Filter):
    """Shortens an error that is a client's fault to one line, a warning."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg in _CLIENTS_FAULTS:
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def _wordless(value: object) -> object:
    return name_error(value) if isinstance(value, BaseException) else value

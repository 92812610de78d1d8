"""Finds the records that a server logged of its own faults."""

import json
import re
from collections.abc import Iterator

_NO_TIME = "0000-00-00 00:00:00,000"
_RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ ([A-Z]+) (\S+) (.*)")
_FAULT = re.compile(
    r"Traceback \(most recent call last\)|Internal Server Error|"
    r"exception was never retrieved|Exception in ASGI application|"
    r"\"level\": ?\"(error|critical)\""
)


def faults(log: str) -> list[str]:
    """Returns each record of a fault, whole; empty when all is well.

    A refusal may explain itself with a traceback; it is logged as a warning, or by Django's
    security logger. 503 says that nobody could be asked just now, which is an answer.
    """
    return [record for record in _records(log) if _FAULT.search(record) and not _refusal(record)]


def _refusal(record: str) -> bool:
    if record.startswith("{"):
        told = json.loads(record.partition("\n")[0])
        record = (
            f"{_NO_TIME} {told.get('level', '').upper()} {told.get('logger')} {told.get('event')}"
        )
    head = _RECORD.match(record)
    if head is None:
        return False
    level, logger, said = head.groups()
    return (
        level in ("DEBUG", "INFO", "WARNING")
        or logger.startswith("django.security")
        or said.startswith("Service Unavailable")
    )


def _records(log: str) -> Iterator[str]:
    """Yields each record with the lines that follow it; lines before the first count as one."""
    lines: list[str] = []
    for line in log.splitlines():
        if (_RECORD.match(line) or line.startswith("{")) and lines:
            yield "\n".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield "\n".join(lines)

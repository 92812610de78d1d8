"""What a server wrote of faults of its own."""

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
    """Each record of a fault, whole; empty when all is well.

    What is refused may say why with a traceback; it is a warning, or Django's security logger's.
    503 says that nobody was there to ask just now, which is an answer.
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
    """A record with the lines that follow it; what stands before the first one is one, too."""
    lines: list[str] = []
    for line in log.splitlines():
        if (_RECORD.match(line) or line.startswith("{")) and lines:
            yield "\n".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield "\n".join(lines)

"""What a server wrote of faults of its own."""

import re

_FAULT = re.compile(
    r"Traceback \(most recent call last\)|Internal Server Error|"
    r"exception was never retrieved|Exception in ASGI application"
)


def faults(log: str) -> list[str]:
    """Each with the lines around it; empty when all is well."""
    lines = log.splitlines()
    return [
        "\n".join(lines[max(0, at - 2) : at + 40])
        for at, line in enumerate(lines)
        if _FAULT.search(line)
    ]

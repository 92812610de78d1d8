"""Runs recorded wire events through the detectors, with no database and no clock.

    python -m vcsm.friction.replay [FILE|-] [--set kind.threshold=number]

Reads JSON lines: one wire event (with `"session"` beside its own fields, or without), an object
`{"session", "events": [...]}`, or the protocol's frame `{"type": "events", "sequence", "events"}`.
Prints every signal as one JSON line; the same input and settings give the same bytes.
"""

import argparse
import io
import os
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import msgspec

from vcsm.events.kinds import Any as AnyEvent
from vcsm.friction.session import SessionFriction
from vcsm.friction.signal import Signal
from vcsm.friction.thresholds import FrictionSettings

MAX_SESSIONS = 50_000
"""Sessions kept open; a session that comes back after so many others starts afresh."""

MAX_LINE = 8_000_000

Complain = Callable[[int, str], None]
"""Called with the number of a bad line and what is wrong with it."""


class Sink(Protocol):
    """Something to print to."""

    def write(self, text: str, /) -> object: ...


@dataclass(slots=True)
class _Recorded:
    friction: SessionFriction
    frame: int = 0
    lines: int = 0


@dataclass(slots=True)
class _Replay:
    settings: FrictionSettings
    complain: Complain
    sessions: OrderedDict[str, _Recorded] = field(default_factory=OrderedDict)

    def line(self, number: int, raw: bytes) -> Iterator[dict[str, Any]]:
        try:
            name, sequence, events = _parse(raw)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            self.complain(number, str(error))
            return
        recorded = self._recorded(name)
        recorded.lines += 1
        if sequence is None:
            sequence = recorded.lines
        elif sequence <= recorded.frame:
            return  # the frame was sent again after a reconnect
        else:
            recorded.frame = sequence
        for position, one in enumerate(events):
            try:
                event = msgspec.convert(one, AnyEvent)
            except (msgspec.ValidationError, RecursionError) as error:
                self.complain(number, f"event {position}: {error}")
                continue
            found = recorded.friction.feed(event, sequence=sequence, position=position)
            for signal in found:
                yield print_signal(name, signal)

    def _recorded(self, name: str) -> _Recorded:
        recorded = self.sessions.get(name)
        if recorded is None:
            recorded = self.sessions[name] = _Recorded(SessionFriction(self.settings))
            if len(self.sessions) > MAX_SESSIONS:
                self.sessions.popitem(last=False)
        self.sessions.move_to_end(name)
        return recorded


def replay(
    lines: Iterable[bytes | str], settings: FrictionSettings, *, complain: Complain | None = None
) -> Iterator[dict[str, Any]]:
    """Yields every signal of the recorded `lines`, in order, as JSON-ready dicts.

    A line that cannot be read is reported to `complain(line number, reason)` and left out; so is a
    single bad event of a batch.
    """
    run = _Replay(settings, complain or (lambda number, reason: None))
    for number, line in enumerate(lines, start=1):
        raw = line.encode("utf-8", "replace") if isinstance(line, str) else line
        if raw.strip():
            yield from run.line(number, raw)


def print_signal(session: str, signal: Signal) -> dict[str, Any]:
    """Returns one signal as the replay prints it."""
    element = signal.element
    return {
        "session": session,
        "kind": signal.kind,
        "key": signal.key,
        "element": element.id if element else "",
        "element_name": element.name if element else "",
        "page": signal.page,
        "count": signal.count,
        "severity": signal.severity,
        "started_at": signal.started_at,
        "last_at": signal.last_at,
        "retracted": signal.retracted,
        "facts": signal.facts,
    }


def parse_assignments(assignments: Iterable[str]) -> dict[str, Any]:
    """Parses `["rage.min_clicks=4", "dead.off=true"]`; raises ValueError for other forms."""
    values: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"{assignment}: expected kind.threshold=value")
        try:
            values[name.strip()] = msgspec.json.decode(text.strip().encode())
        except msgspec.DecodeError:
            raise ValueError(f"{name}: {text!r} is not a JSON value") from None
    return values


def run_replay(source: str, assignments: Iterable[str], *, out: Sink, trouble: Sink) -> int:
    """Runs the command; returns its exit code (0, even with bad lines; 2 for a bad call)."""
    try:
        settings = FrictionSettings.from_dict(parse_assignments(assignments))
        stream: io.BufferedIOBase | Any = sys.stdin.buffer if source == "-" else open_lines(source)
    except (ValueError, OSError) as error:
        trouble.write(f"{error}\n")
        return 2
    bad = 0

    def complain(number: int, reason: str) -> None:
        nonlocal bad
        bad += 1
        trouble.write(f"line {number}: {reason[:500]}\n")

    try:
        with stream:
            for signal in replay(_bounded(stream), settings, complain=complain):
                out.write(msgspec.json.encode(signal, order="deterministic").decode() + "\n")
    except BrokenPipeError:
        # The reader has enough (`| head`). What is still in the buffer must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if bad:
        trouble.write(f"{bad} bad lines or events were left out\n")
    return 0


def open_lines(source: str) -> io.BufferedReader:
    """Opens the file of recorded events, as bytes; raises OSError."""
    return Path(source).open("rb")


def _bounded(stream: Any) -> Iterator[bytes]:
    """Yields lines of at most `MAX_LINE` bytes; the rest of a longer one follows as more lines."""
    while line := stream.readline(MAX_LINE):
        yield line


def _parse(raw: bytes) -> tuple[str, int | None, list[Any]]:
    """Returns the session, the sequence if the line is a frame, and the events as plain values."""
    line = msgspec.json.decode(raw)
    if not isinstance(line, dict):
        raise ValueError("expected a JSON object")
    name = str(line.pop("session", ""))
    if "events" not in line:
        return name, None, [line]
    events, sequence = line["events"], None
    if not isinstance(events, list):
        raise ValueError("events: expected a list")
    if line.get("type") == "events":
        sequence = line.get("sequence")
        if isinstance(sequence, bool) or not isinstance(sequence, int) or sequence < 1:
            raise ValueError("sequence: expected a number from 1")
    return name, sequence, events


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="vcsm.friction.replay", description=__doc__)
    add_arguments(parser)
    given = parser.parse_args(arguments)
    return run_replay(given.file, given.set, out=sys.stdout, trouble=sys.stderr)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options, which the management command shares."""
    parser.add_argument("file", nargs="?", default="-", help="recorded events; - for stdin")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KIND.THRESHOLD=VALUE", help="may repeat"
    )


if __name__ == "__main__":
    raise SystemExit(main())

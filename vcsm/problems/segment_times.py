"""Reads a line's moment, in whatever form it is written. Pure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?")
_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_ZONES = re.compile(r"\s*(?:Z|UTC|GMT)$", re.IGNORECASE)
_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6))
"""A number below the first limit is in seconds since the epoch, then milli-, then microseconds."""


def read_moment(value: object) -> datetime:
    """Returns a moment in UTC.

    Reads ISO 8601 (without a zone: UTC), RFC 2822 as in mail, and numbers since the epoch in
    seconds, milli-, micro- or nanoseconds, for the years 2000 to 2099. Raises ValueError for
    anything else.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("it is neither text nor a number")
    if isinstance(value, int | float) or _NUMBER.fullmatch(value.strip()):
        return _since_epoch(float(value))
    text = value.strip()
    iso = _OFFSET.sub("", _ZONES.sub("+00:00", text))
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        moment = parsedate_to_datetime(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not 2000 <= moment.year < 2100:
        raise ValueError("its year is out of range")
    return moment.astimezone(UTC)


def clock_behind(*, sent: object, received: object) -> timedelta:
    """Returns how far the clock of `sent` was behind that of `received`, as Segment reckons
    (https://segment.com/docs/connections/spec/common); zero where either is unknown."""
    try:
        return read_moment(received) - read_moment(sent)
    except (ValueError, TypeError, OverflowError):
        return timedelta()


def _since_epoch(number: float) -> datetime:
    unit = next((unit for most, unit in _UNITS if number < most), 1e9)
    seconds = number / unit
    if not 946_684_800 <= seconds < 4_102_444_800:
        raise ValueError("its year is out of range")
    return datetime.fromtimestamp(seconds, UTC)

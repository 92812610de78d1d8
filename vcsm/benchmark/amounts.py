"""Argument types for the amounts a benchmark is asked for. Zero of something yields no figure, so
it is refused."""

import math
from argparse import ArgumentTypeError
from collections.abc import Callable


def at_least(least: int, *, most: float = math.inf) -> Callable[[str], int]:
    """Returns an argument type for whole numbers from `least` to `most`."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise ArgumentTypeError(f"{text!r} is not a whole number") from None
        if number < least:
            raise ArgumentTypeError(f"{number} is too few: at least {least}")
        if number > most:
            raise ArgumentTypeError(f"{number} is too many: at most {most}")
        return number

    return parse


def positive(text: str) -> float:
    if not 0 < (number := _number(text)) < math.inf:
        raise ArgumentTypeError(f"{text} is not above 0")
    return number


def not_negative(text: str) -> float:
    if not 0 <= (number := _number(text)) < math.inf:
        raise ArgumentTypeError(f"{text} is not 0 or above")
    return number


def share(text: str) -> float:
    if not 0 < (number := _number(text)) < 1:
        raise ArgumentTypeError(f"{text} does not lie between 0 and 1")
    return number


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a number") from None

"""Signs that imply an intent by themselves: a page visited, or an event the product tracks. Pure.

`/team/*` is a page and `track:invite_*` a tracked event; `*` stands for anything.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

TRACK = "track:"
MOST = 50
LONGEST = 200


def check_signs(signs: Sequence[str]) -> list[str]:
    """Returns the signs without blanks and repeats.

    Raises ValueError when there are more than MOST, or when one is longer than LONGEST, names
    neither a page nor an event, or would match everything.
    """
    cleaned = list(dict.fromkeys(sign.strip() for sign in signs if sign.strip()))
    if len(cleaned) > MOST:
        raise ValueError(f"An intent may have {MOST} signs.")
    for sign in cleaned:
        if len(sign) > LONGEST:
            raise ValueError(f"A sign may hold {LONGEST} characters.")
        if not sign.startswith(("/", TRACK)) or sign in ("/*", f"{TRACK}*", TRACK):
            raise ValueError(
                f"“{sign}” is not a sign: write a page such as /team/* or an event such as "
                "track:invite_sent."
            )
    return cleaned


def matches_page(sign: str, page: str) -> bool:
    return sign.startswith("/") and fnmatchcase(page.rstrip("/") or "/", sign.rstrip("/") or "/")


def matches_track(sign: str, name: str) -> bool:
    return sign.startswith(TRACK) and fnmatchcase(name, sign.removeprefix(TRACK))

"""Makes a page's name from its address as the widget does: no query, identifiers as `:id`.

Follows `frontend/widget/capture/sensors/routes.ts`, for pages named by anything but the widget, so
that a page has one name whatever the source.
"""

import re
from urllib.parse import urlsplit

LONGEST = 500
_ID = re.compile(
    r"\d+|[0-9a-f]{8,}|[0-9a-f-]{32,}|(?=.*\d)[\w-]{16,}|.*@.*|.*%40.*", re.IGNORECASE | re.ASCII
)


def mask_path(path: str) -> str:
    return "/".join(":id" if _ID.fullmatch(part) else part for part in path.split("/"))[:LONGEST]


def page_of(path: str, address: str = "") -> str:
    """Returns the page's name for a path, a full address, or both; may be empty.

    A hash route (`#/…`) in either is part of the name.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # for example an unmatched bracket
        parts = urlsplit("")
    route = parts.fragment if parts.fragment.startswith("/") else ""
    plain = (path or parts.path).split("?")[0]
    if "#/" in plain and not route:
        plain, _, route = plain.partition("#")
    found = mask_path(plain.split("#")[0])
    return f"{found}#{mask_path(route.split('?')[0])}"[:LONGEST] if route else found

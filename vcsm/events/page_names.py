"""A page's name from its address, as the widget makes it: no query, identifiers as `:id`.

The same rules as `frontend/widget/capture/sensors/routes.ts`, for what does not come through the
widget: a page has one name, whoever tells of it.
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
    """From a path, a whole address, or both (an address alone knows a hash route); may be empty."""
    try:
        parts = urlsplit(address)
    except ValueError:  # such as a bracket too many
        parts = urlsplit("")
    route = parts.fragment if parts.fragment.startswith("/") else ""
    plain = (path or parts.path).split("?")[0]
    if "#/" in plain and not route:
        plain, _, route = plain.partition("#")
    found = mask_path(plain.split("#")[0])
    return f"{found}#{mask_path(route.split('?')[0])}"[:LONGEST] if route else found

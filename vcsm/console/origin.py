"""Same-origin check for the members' socket: browsers send cookies with any page's sockets."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings


def is_same_origin(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether `Origin` names the very host and port that `Host` does (RFC 6455, section 10.2).

    Where the console is for HTTPS only, so is this: anybody may have made a plain page of its name.
    """
    found = {name.lower(): value for name, value in headers}
    try:
        origin = urlsplit(found[b"origin"].decode("ascii"))
        host = found[b"host"].decode("ascii")
    except (KeyError, ValueError):
        return False
    schemes = ("https",) if settings.SESSION_COOKIE_SECURE else ("http", "https")
    return origin.scheme in schemes and origin.netloc.lower() == host.lower()

"""Same-origin check for the members' socket: browsers send cookies with sockets of any page."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings


def is_same_origin(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Tells whether `Origin` names the same host and port as `Host` (RFC 6455, section 10.2).

    Where the console is HTTPS only, the origin must be, too: an attacker in the network can serve a
    plain page under the console's name.
    """
    found = {name.lower(): value for name, value in headers}
    try:
        origin = urlsplit(found[b"origin"].decode("ascii"))
        host = found[b"host"].decode("ascii")
    except (KeyError, ValueError):
        return False
    schemes = ("https",) if settings.SESSION_COOKIE_SECURE else ("http", "https")
    return origin.scheme in schemes and origin.netloc.lower() == host.lower()

"""Same-origin check for the members' socket: browsers send cookies with any page's sockets."""

from collections.abc import Iterable
from urllib.parse import urlsplit


def is_same_origin(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether `Origin` names the very host and port that `Host` does (RFC 6455, section 10.2)."""
    found = {name.lower(): value for name, value in headers}
    try:
        origin = urlsplit(found[b"origin"].decode("ascii"))
        host = found[b"host"].decode("ascii")
    except (KeyError, ValueError):
        return False
    return origin.scheme in ("http", "https") and origin.netloc.lower() == host.lower()

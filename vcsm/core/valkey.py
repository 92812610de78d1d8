"""Turns REDIS_URL into what each of its users needs: live groups, and Celery's broker."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from redis.connection import parse_url

UNREADABLE = (
    "REDIS_URL: cannot be read: write redis://:password@host:port/0, "
    "or unset it to use the embedded one."
)

_PATIENCE = {"socket_timeout": 10}
_LINE = {**_PATIENCE, "socket_connect_timeout": 5, "socket_keepalive": True}
"""Timeouts in seconds. A machine whose cable is pulled does not even say that it is gone, and the
writer of a message must not wait for the hint about it."""


def line(url: str) -> dict[str, object]:
    """Returns a connection's timeouts: fewer through a socket file, which has no cable."""
    return dict(_PATIENCE if _is_file(url) else _LINE)


def live_groups(url: str) -> dict[str, object]:
    """Returns the channel layer's settings. Raises ValueError where `url` cannot be read.

    What is published is heard in all of a server's databases (Valkey's manual, "Pub/Sub"), so
    groups are named after their database: else two installations that share a server would read
    each other's messages, for both have a workspace 1.
    """
    number = _database(url)
    return {
        "hosts": [{"address": url, **line(url)}],
        "prefix": f"asgi{number}" if number else "asgi",
    }


def broker(url: str) -> str:
    """Returns `url` in kombu's own form; an address of another kind of broker stays as it is.

    kombu takes any certificate unless told otherwise, knows socket files by another scheme, and
    takes the database's number from the path alone. Raises ValueError where an address cannot be
    read.
    """
    if not url.startswith(("redis:", "rediss:", "unix:")):
        return url
    number, parts = str(_database(url)), urlsplit(url)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    options.pop("db", None)
    if _is_file(url):
        options["virtual_host"] = number
        return urlunsplit(("redis+socket", parts.netloc, parts.path, urlencode(options), ""))
    if parts.scheme == "rediss":
        options.setdefault("ssl_cert_reqs", "required")
    query = urlencode(options, quote_via=quote, safe="/")
    return urlunsplit((parts.scheme, parts.netloc, f"/{number}", query, ""))


def _database(url: str) -> int:
    try:
        told = parse_url(url)  # type: ignore[no-untyped-call]
        return int(told.get("db") or 0)
    except ValueError as error:
        raise ValueError(UNREADABLE) from error


def _is_file(url: str) -> bool:
    return url.startswith(("unix:", "redis+socket:"))

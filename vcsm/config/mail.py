"""Reads the mail server's address."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    whole_line_sealed: bool = False
    """TLS from the first byte."""
    sealed_later: bool = False
    """STARTTLS."""


def mail_from_url(url: str) -> MailServer:
    """Reads `smtp://name:password@host:587` (STARTTLS on 587) or `smtps://…`; "" is no server.

    Raises ImproperlyConfigured.
    """
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"SMTP_URL cannot be read: {error}.") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("SMTP_URL must be smtp://host or smtps://host, with a port.")
    port = port or (465 if parts.scheme == "smtps" else 25)
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        whole_line_sealed=parts.scheme == "smtps",
        sealed_later=parts.scheme == "smtp" and port == 587,
    )

"""Secrets as stored in the database: encrypted and authenticated, with keys that may change.

Sealed with Fernet (AES-128-CBC and HMAC-SHA256) under the first of `VCSM_ENCRYPTION_KEYS`; what was
sealed under another of them can still be read. Without that setting the key is derived from
`VCSM_SECRET_KEY`.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(Exception):
    """The secret was changed, or its key is no longer ours; the message says what to do."""


def seal(text: str) -> str:
    """Returns printable text for a column, sealed under the first key."""
    return _ring().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Returns the secret. Raises CannotUnseal."""
    try:
        return _ring().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal(_ADVICE) from error


def reseal(sealed: str) -> str:
    """Returns the same secret sealed under the first key. Raises CannotUnseal."""
    try:
        return _ring().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal(_ADVICE) from error


_ADVICE = (
    "A stored secret cannot be read: put the key it was sealed with at the end of "
    "VCSM_ENCRYPTION_KEYS, or VCSM_SECRET_KEY back as it was."
)


def _ring() -> MultiFernet:
    return _ring_of(tuple(settings.VCSM_ENCRYPTION_KEYS) or (settings.SECRET_KEY,))


@lru_cache(maxsize=4)
def _ring_of(passwords: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(password)) for password in passwords])


def _derived(password: str) -> bytes:
    """Derives a key from a setting of any form, for this purpose alone (RFC 5869)."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"vcsm sealed v1")
    return base64.urlsafe_b64encode(made.derive(password.encode()))

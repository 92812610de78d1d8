"""Passwords hashed with a thousandth of the usual rounds."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own hasher except for its slowness, which no test is about."""

    iterations = 1_000

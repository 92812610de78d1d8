"""Passwords hashed with a thousandth of the rounds."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own in every way but its slowness, which no test is about."""

    iterations = 1_000

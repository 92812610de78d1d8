"""The product's settings, for the tests and every process that they start: passwords are hashed
quickly, since each sign-in would cost half a second of a processor."""

from vcsm.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["tests.quick_hashes.QuickHasher"]

"""The product's settings, for the tests and every process that they start. Passwords are hashed
quickly, since each sign-in would cost half a second of CPU. Where the run has a server of its own,
the test database starts with that server's schema."""

import os

from vcsm.config.settings import *  # noqa: F403
from vcsm.config.settings import DATABASES

PASSWORD_HASHERS = ["tests.quick_hashes.QuickHasher"]
if os.environ.get("VCSM_TEST_SERVICES"):  # otherwise it is somebody's own database, with their rows
    DATABASES["default"]["TEST"] = {"TEMPLATE": DATABASES["default"]["NAME"]}

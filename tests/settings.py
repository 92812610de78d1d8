"""The product's settings, for the tests and every process that they start: passwords are hashed
quickly, since each sign-in would cost half a second of a processor; and the test database begins
with the schema that the run's own server has, where it has one."""

import os

from vcsm.config.settings import *  # noqa: F403
from vcsm.config.settings import DATABASES

PASSWORD_HASHERS = ["tests.quick_hashes.QuickHasher"]
if os.environ.get("VCSM_TEST_SERVICES"):  # else it is a database of somebody's, with their rows
    DATABASES["default"]["TEST"] = {"TEMPLATE": DATABASES["default"]["NAME"]}

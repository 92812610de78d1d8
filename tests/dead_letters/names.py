"""What the tests and the tasks that go wrong (`troubled.py`) agree on. A module of its own, because
importing `troubled` changes the app that its tasks belong to."""

WORKER = "tests.dead_letters.troubled"
QUEUE = "troubled"
DONE, HEALED, TRIED = "troubled:done", "troubled:healed", "troubled:tried"
"""Two lists in Valkey, and the key (`HEALED`) that heals the world once it is set."""

"""What the tests and the tasks that go wrong (`troubled.py`) agree on. Apart, because importing
those changes the app they are of."""

WORKER = "tests.dead_letters.troubled"
QUEUE = "troubled"
DONE, HEALED, TRIED = "troubled:done", "troubled:healed", "troubled:tried"
"""Lists in Valkey, and the switch."""

"""Celery: the app, the schedule, and one shallow file per package that needs a queue.

A task parses its arguments and makes one call. Every task may run twice, or again after a crash;
`durable` says what happens to one that fails, `vcsm.config.routes` which queue it waits in.
"""

import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcsm.config.settings")
# Otherwise Celery runs Django's checks, which load all URLs of the console into every worker.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

import django

django.setup()

from celery.signals import beat_init, setup_logging  # noqa: E402

from tasks.durable import DurableTask  # noqa: E402
from tasks.schedule import SCHEDULE  # noqa: E402
from vcsm.core.queue import app  # noqa: E402


def leave_logs_alone(**_: Any) -> None:
    """Does nothing, so that the logs stay as Django has set them up."""


def say_beat_is_up(**_: Any) -> None:
    """Prints the line that `vcsm.embedded.parts` waits for; no log level can keep it back."""
    sys.stdout.write("beat is up\n")
    sys.stdout.flush()


beat_init.connect(say_beat_is_up)
# Django has set up the logs; if nobody listened to this signal, Celery would set them up again.
setup_logging.connect(leave_logs_alone)
app.task_cls = DurableTask  # type: ignore[assignment]
app.conf.beat_schedule = SCHEDULE
app.conf.imports = [
    "tasks.letters",
    "tasks.accounts",
    "tasks.assistant",
    "tasks.dead_letters",
    "tasks.escalation",
    "tasks.encoder",
    "tasks.events",
    "tasks.knowledge",
    "tasks.pulse",
    "tasks.problems",
    "tasks.replay",
    "tasks.reports",
    "tasks.setup",
    "tasks.start",
    "tasks.understanding",
]

__all__ = ["app"]

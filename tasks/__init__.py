"""Celery: the app, the schedule, and one shallow file per package that needs a queue.

A task parses its arguments and makes one call. Every task may run twice, or after a crash again;
`durable` says what becomes of one that fails, `vcsm.config.routes` which queue it waits in.
"""

import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcsm.config.settings")
# Celery would run Django's checks, which load every address of the console into every worker.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

import django

django.setup()

from celery.signals import beat_init, setup_logging  # noqa: E402

from tasks.durable import DurableTask  # noqa: E402
from tasks.schedule import SCHEDULE  # noqa: E402
from vcsm.core.queue import app  # noqa: E402


def leave_logs_alone(**_: Any) -> None:
    """Nothing to do."""


def say_beat_is_up(**_: Any) -> None:
    """`vcsm.embedded.parts` waits for this line, which no log level keeps back."""
    sys.stdout.write("beat is up\n")
    sys.stdout.flush()


beat_init.connect(say_beat_is_up)
# Django has set up the logs; where nobody hears this signal Celery would do it anew.
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
    "tasks.start",
    "tasks.understanding",
]

__all__ = ["app"]

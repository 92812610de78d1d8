"""Celery: the app, the schedule, and one shallow file per package that needs a queue.

A task parses its arguments and makes one call. Every task may run twice, or after a crash again.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcsm.config.settings")

import django

django.setup()

from tasks.schedule import SCHEDULE  # noqa: E402
from vcsm.core.queue import app  # noqa: E402

app.conf.beat_schedule = SCHEDULE
app.conf.imports = [
    "tasks.accounts",
    "tasks.assistant",
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

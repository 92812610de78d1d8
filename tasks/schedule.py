"""What Celery beat starts, and how often. Beat may run twice: every task here is idempotent."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "assistant.sweep": {
        "task": "assistant.sweep",
        "schedule": 5.0,
        # One that has waited longer than its interval has been overtaken by the next.
        "options": {"expires": 5},
    },
    "escalation.keep_time": {
        "task": "escalation.keep_time",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "escalation.audit_silence": {
        "task": "escalation.audit_silence",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "escalation.pool": {
        "task": "escalation.pool",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "core.send_pulses": {"task": "core.send_pulses", "schedule": 10.0, "options": {"expires": 10}},
    "accounts.forget_tokens": {
        "task": "accounts.forget_tokens",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "dead_letters.forget": {
        "task": "dead_letters.forget",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "events.keep_partitions": {
        "task": "events.keep_partitions",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "replay.drop_old": {
        "task": "replay.drop_old",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "intent.imply": {
        "task": "intent.imply",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "intent.nightly": {
        "task": "intent.nightly",
        "schedule": crontab(hour=2, minute=30),
        "options": {"expires": 3600},
    },
    "knowledge.import": {
        "task": "knowledge.import",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Goes on with what a killed worker was reading.
    "knowledge.read": {
        "task": "knowledge.read",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "assistant.reembed": {
        "task": "assistant.reembed",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "problems.look": {
        "task": "problems.look",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "problems.tell": {
        "task": "problems.tell",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    # Every hour: each address gets one row a week, which is made and sent only once.
    "reports.digests": {
        "task": "reports.digests",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "problems.forget": {
        "task": "problems.forget",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}

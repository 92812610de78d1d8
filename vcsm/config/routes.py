"""Which queue each task waits in, by who waits for it, and how long a task may run."""

from vcsm.core.queue import AGAIN, BULK, DEFAULT, URGENT

_WAITED_FOR = (
    "assistant.react",
    "assistant.reply",
    "assistant.chosen",
    "assistant.sweep",
    "core.read_text",
    "core.read_texts",
    "knowledge.write_letter",
)
_LONG = (
    "accounts.forget_samples",
    "assistant.reembed",
    "escalation.pool",
    "intent.learn",
    "knowledge.import",
    "knowledge.read",
    "problems.look_at",
    "problems.tell_of",
    "replay.drop_old",
    "reports.digests",
)

QUEUES = {
    **dict.fromkeys(_WAITED_FOR, URGENT),
    "assistant.react_each": AGAIN,
    **dict.fromkeys(_LONG, BULK),
}
"""Tasks that are not named here wait in `default`; a pulse goes where it is sent."""

BEHIND = 3
"""Priority of tasks that go behind all others of their queue; Valkey counts from 0, the highest. A
release that breaks a page makes hundreds struggle at once, and a contact who writes is not to wait
for reactions to them. RabbitMQ heeds it where the queue has `x-max-priority`, which VCSM does not
set."""

ROUTES: dict[str, dict[str, str | int]] = {
    **{task: {"queue": queue} for task, queue in QUEUES.items()},
    "assistant.react": {"queue": QUEUES["assistant.react"], "priority": BEHIND},
}

LIMITS = {URGENT: (20, 30), AGAIN: (20, 30), DEFAULT: (45, 60), BULK: (100, 120)}
"""Seconds by queue: after the first a task is told to stop, after the second it is killed."""

VISIBILITY_SECONDS = 330
"""Seconds after which Valkey gives an unacknowledged task to another worker. They exceed the time a
task may wait for a pause between attempts, then behind another on its worker, and then run."""

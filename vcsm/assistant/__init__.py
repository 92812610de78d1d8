"""The virtual CSM's own moves, run by Celery workers.

`react.react` runs when a session struggled, `reply.reply` when a contact wrote. Each finds the
intent and help, lets `vcsm.escalation` decide, and stores the decision with its effect (nudge,
answer or escalation).
"""

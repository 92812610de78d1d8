"""The virtual CSM's own moves, run by Celery workers.

`react.react` is called when a session struggled, `reply.reply` when a contact wrote: intent, help,
then `vcsm.escalation` decides, and the effect (nudge, answer, escalation) is stored with it.
"""

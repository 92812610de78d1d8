"""Friction: episodes of struggle, found in a session's events.

`detectors/` are pure, one idea per file; `session.SessionFriction` runs them all over one session.
`watch` keeps one of those per live session, stores what it finds in the transaction that stores the
events, and rebuilds it from the events after a restart. `struggle` sums signals up to one number.
"""

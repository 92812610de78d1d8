"""Sessions and the events in them: one raw thing that happened is one immutable event.

`kinds` holds the event structs (pure msgspec, shared by wire, detectors and replay), `ingest`
commits batches of many sessions together and exactly once, and `timeline` reads a session back.
Each batch is stored as one row (`models.BatchBody`); SQL queries read the view `events_event`.
Nothing here knows what an event means; `vcsm.friction` and `vcsm.intent` do.
"""

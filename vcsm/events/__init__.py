"""Sessions and the events in them: one raw thing that happened is one immutable event.

`kinds` holds the event structs (pure msgspec, shared by wire, detectors and replay), `ingest`
commits batches of many sessions together and exactly once, `timeline` reads a session back. What is
stored is a row a batch (`models.BatchBody`); whoever asks in SQL reads the view `events_event`.
Nothing here knows what an event means; that is `vcsm.friction` and `vcsm.intent`.
"""

"""Sessions and the events in them: one raw thing that happened is one immutable row.

`kinds` holds the event structs (pure msgspec, shared by wire, detectors and replay), `ingest`
commits batches of many sessions together and exactly once, `timeline` reads a session back.
Nothing here knows what an event means; that is `vcsm.friction` and `vcsm.intent`.
"""

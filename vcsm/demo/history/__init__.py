"""Four weeks of the demo's past: simulated visits through the real code, at past times.

Nothing is written here that the product would not write: events go through the group commit and its
detectors, struggles and messages through the assistant, escalations through what members do, and
problems are found by the detection, day after day. Only the clock is set back.
"""

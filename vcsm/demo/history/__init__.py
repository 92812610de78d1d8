"""Four weeks of the demo's past: simulated visits over the real road, at the times they happened.

Nothing is written here that the product would not write: events go through the group commit and its
detectors, struggles and messages through the assistant, escalations through what members do, and
problems are found by the detection, day after day. Only the clock is not now.
"""

"""Measures speed and judgement: each module's `run` returns one dict that fits into JSON."""

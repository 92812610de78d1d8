"""One pure file per idea of friction: events in, episodes out.

Each module's docstring states its definition, thresholds, source and known false positives.
A detector is a class with a `kind`, `handlers` (which map what it listens to, see `heard`, to the
name of a method) and those methods, each `(event, now, ref) -> Found`. Call detectors through
`vcsm.friction.session`, whose `DETECTORS` lists them.
"""

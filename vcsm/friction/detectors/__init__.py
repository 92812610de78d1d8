"""One pure file per idea of friction: events in, episodes out.

Each module's docstring states its definition, thresholds, source and known false positives.
A detector is a class with `kind`, `handlers` (what it listens to, see `heard`, to method name) and
those methods, each `(event, now, ref) -> Found`. `vcsm.friction.session.DETECTORS` lists them; call
them through it.
"""

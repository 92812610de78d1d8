"""Processes die, stall, and lose what they remember, while widgets talk to them.

`python -m tests.chaos --kills 500` starts a whole VCSM of its own, has a process that knows nothing
of it (`load`) drive widgets and write down what was acknowledged, hurts the parts one after another
(`blows`), and compares that ledger with what is stored and shown (`check`). `make chaos` runs it.
"""

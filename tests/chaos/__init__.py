"""Processes die, stall and lose what they remember while widgets talk to them.

`python -m tests.chaos --kills 500` starts a whole VCSM of its own. A process that knows nothing of
it (`load`) drives widgets and writes down what was acknowledged. `blows` hurt the parts one after
another. `check` compares that ledger with what is stored and shown. `make chaos` runs it.
"""
